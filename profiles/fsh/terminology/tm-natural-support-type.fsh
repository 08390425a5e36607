CodeSystem: TmNaturalSupportTypeCodes
Id: tm-natural-support-type
Title: "Natural support type"
Description: "Kinds of natural community support."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #community-group "Community group or club"
* #hobby-interest "Hobby, interest or skill"
* #faith-community "Faith community"
* #natural-mentor "Natural mentor"
* #employer "Employer"
* #school-team "School team or club"
* #mutual-support-group "Mutual support group"

ValueSet: TmNaturalSupportTypeValueSet
Id: tm-natural-support-type
Title: "Natural support type"
Description: "Kinds of natural community support."
* insert ShareableTerminology
* include codes from system TmNaturalSupportTypeCodes
