CodeSystem: TmDecisionCodes
Id: tm-decision
Title: "Decision"
Description: "The decision of a review body."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #approved "Approved"
* #denied "Denied"
* #deferred "Deferred"

ValueSet: TmDecisionValueSet
Id: tm-decision
Title: "Decision"
Description: "The decision of a review body."
* insert ShareableTerminology
* include codes from system TmDecisionCodes
