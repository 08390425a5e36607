Extension: TmPlanReference
Id: tm-plan-reference
Title: "Plan worked on"
Description: "The wellness or recovery plan that the session worked on (CYS-025)."
Context: Encounter
* value[x] 1..1
* value[x] only Reference(CarePlan)
