CodeSystem: TmModalityCodes
Id: tm-modality
Title: "Modality"
Description: "The medium of a contact."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #in-person "In person"
* #phone "Phone"
* #video "Video"
* #other-electronic "Other electronic media"

ValueSet: TmModalityValueSet
Id: tm-modality
Title: "Modality"
Description: "The medium of a contact."
* insert ShareableTerminology
* include codes from system TmModalityCodes
