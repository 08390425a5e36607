CodeSystem: TmTreatmentStatusCodes
Id: tm-treatment-status
Title: "Treatment status"
Description: "Whether the youth is in treatment for a mental health or substance use disorder, or has completed it."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #in-treatment "Currently in treatment for MH/SUD"
* #completed-treatment "Completed treatment for MH/SUD"

ValueSet: TmTreatmentStatusValueSet
Id: tm-treatment-status
Title: "Treatment status"
Description: "Whether the youth is in treatment for a mental health or substance use disorder, or has completed it."
* insert ShareableTerminology
* include codes from system TmTreatmentStatusCodes
