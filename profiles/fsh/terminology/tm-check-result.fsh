CodeSystem: TmCheckResultCodes
Id: tm-check-result
Title: "Check result"
Description: "The result of a background check."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #cleared "Cleared"
* #pending "Pending"
* #not-cleared "Not cleared"

ValueSet: TmCheckResultValueSet
Id: tm-check-result
Title: "Check result"
Description: "The result of a background check."
* insert ShareableTerminology
* include codes from system TmCheckResultCodes
