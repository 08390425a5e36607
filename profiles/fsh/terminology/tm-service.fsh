CodeSystem: TmServiceCodes
Id: tm-service
Title: "Service"
Description: "The services a mentoring agency records."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #therapeutic-mentoring "Therapeutic mentoring"
* #staff-supervision "Clinical supervision of a mentor (no patient)"

ValueSet: TmServiceValueSet
Id: tm-service
Title: "Service"
Description: "The services a mentoring agency records."
* insert ShareableTerminology
* include codes from system TmServiceCodes
