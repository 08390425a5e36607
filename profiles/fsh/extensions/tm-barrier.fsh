Extension: TmBarrier
Id: tm-barrier
Title: "Barrier"
Description: "What stood in the way of the session."
Context: Encounter
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TmBarrierValueSet (extensible)
