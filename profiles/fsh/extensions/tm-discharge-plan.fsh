Extension: TmDischargePlan
Id: tm-discharge-plan
Title: "Discharge plan"
Description: "How and when mentoring is to end (HRC-032, HRC-033)."
Context: CarePlan
* extension contains
    criteria 0..1 and
    skillGeneralization 0..1 and
    naturalSupport 0..* and
    plannedDate 0..1
* extension[criteria] ^short = "What must be reached"
* extension[criteria].value[x] 1..1
* extension[criteria].value[x] only string
* extension[skillGeneralization] ^short = "How the youth will use the skills in daily life after services end"
* extension[skillGeneralization].value[x] 1..1
* extension[skillGeneralization].value[x] only string
* extension[naturalSupport] ^short = "A person or group that will support the youth"
* extension[naturalSupport].value[x] 1..1
* extension[naturalSupport].value[x] only string
* extension[plannedDate] ^short = "Day mentoring is planned to end"
* extension[plannedDate].value[x] 1..1
* extension[plannedDate].value[x] only date
