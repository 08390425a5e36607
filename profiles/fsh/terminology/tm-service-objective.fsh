CodeSystem: TmServiceObjectiveCodes
Id: tm-service-objective
Title: "Service objective"
Description: "Why an activity is on the plan."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #extend-gains "Support and extend therapeutic gains"
* #monitor "Monitor"
* #re-intervene "Re-intervene with additional services"

ValueSet: TmServiceObjectiveValueSet
Id: tm-service-objective
Title: "Service objective"
Description: "Why an activity is on the plan."
* insert ShareableTerminology
* include codes from system TmServiceObjectiveCodes
