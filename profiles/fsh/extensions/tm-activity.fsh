Extension: TmActivity
Id: tm-activity
Title: "Activity"
Description: "A planned activity of the session. Excluded activities have codes too, so that rule CYS-048 can judge what was done."
Context: Encounter
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TmActivityRecordedValueSet (required)
