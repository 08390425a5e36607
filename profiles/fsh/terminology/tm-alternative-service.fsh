CodeSystem: TmAlternativeServiceCodes
Id: tm-alternative-service
Title: "Alternative service"
Description: "Services explored before mentoring is requested."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #outpatient-therapy "Outpatient therapy"
* #in-home-therapy "Intensive in-home"
* #family-therapy "Family therapy"
* #mst-fft "MST/FFT"
* #group-therapy "Group therapy"
* #other-evidence-based "Other evidence-based service"

ValueSet: TmAlternativeServiceValueSet
Id: tm-alternative-service
Title: "Alternative service"
Description: "Services explored before mentoring is requested."
* insert ShareableTerminology
* include codes from system TmAlternativeServiceCodes
