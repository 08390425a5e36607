Extension: TmCompetency
Id: tm-competency
Title: "Competency"
Description: "A competency of the staff member (CYS-038)."
Context: PractitionerRole
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TmCompetencyValueSet (extensible)
