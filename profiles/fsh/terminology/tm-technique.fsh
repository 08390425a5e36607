CodeSystem: TmTechniqueCodes
Id: tm-technique
Title: "Technique"
Description: "How the mentor worked in a session."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #supporting "Supporting"
* #coaching "Coaching"
* #training "Training"
* #modeling "Modeling"
* #educating "Educating"
* #motivating "Motivating"
* #obstacle-practice "Practising overcoming obstacles"
* #guidance "Guidance"
* #advocacy "Advocacy"
* #role-modeling "Role modeling"

ValueSet: TmTechniqueValueSet
Id: tm-technique
Title: "Technique"
Description: "How the mentor worked in a session."
* insert ShareableTerminology
* include codes from system TmTechniqueCodes
