Extension: TmEvidenceBasedPractice
Id: tm-evidence-based-practice
Title: "Evidence-based practice"
Description: "An evidence-based practice used in the session."
Context: Encounter
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TmEvidenceBasedPracticeValueSet (extensible)
