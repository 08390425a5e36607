Extension: TmStrength
Id: tm-strength
Title: "Strength"
Description: "A strength of the youth that the plan builds on (CYS-011)."
Context: CarePlan
* value[x] 1..1
* value[x] only string or CodeableConcept
