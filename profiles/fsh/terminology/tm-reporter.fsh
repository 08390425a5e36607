CodeSystem: TmReporterCodes
Id: tm-reporter
Title: "Reporter"
Description: "Who reported an outcome."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #youth "Youth"
* #caregiver "Parent or caregiver"
* #mentor "Mentor"
* #clinician "Clinician"
* #teacher "Teacher"

ValueSet: TmReporterValueSet
Id: tm-reporter
Title: "Reporter"
Description: "Who reported an outcome."
* insert ShareableTerminology
* include codes from system TmReporterCodes
