Extension: TmCancellationReason
Id: tm-cancellation-reason
Title: "Cancellation reason"
Description: "Why the session did not take place. A no-show is a cancelled Encounter with the reason no-show."
Context: Encounter
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TmCancellationReasonValueSet (extensible)
