Extension: TmDischargePlanningDiscussion
Id: tm-discharge-planning-discussion
Title: "Discharge planning discussion"
Description: "The first discussion of discharge planning (HRC-006, HRC-007)."
Context: ServiceRequest
* extension contains
    date 0..1 and
    participant 0..*
* extension[date] ^short = "Day of the discussion"
* extension[date].value[x] 1..1
* extension[date].value[x] only date
* extension[participant] ^short = "Who took part"
* extension[participant].value[x] 1..1
* extension[participant].value[x] only code
* extension[participant].value[x] from TmAttendeeValueSet (required)
