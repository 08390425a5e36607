Extension: TmAlternativeService
Id: tm-alternative-service
Title: "Alternative service"
Description: "Another service that was explored before mentoring was requested, and why it does not fit (HRC-009, HRC-010)."
Context: CarePlan
* extension contains
    service 0..1 and
    exploredOn 0..1 and
    explanation 0..1
* extension[service] ^short = "The service explored"
* extension[service].value[x] 1..1
* extension[service].value[x] only CodeableConcept
* extension[service].value[x] from TmAlternativeServiceValueSet (extensible)
* extension[exploredOn] ^short = "Day it was explored"
* extension[exploredOn].value[x] 1..1
* extension[exploredOn].value[x] only date
* extension[explanation] ^short = "Why it is not appropriate or not sufficient"
* extension[explanation].value[x] 1..1
* extension[explanation].value[x] only string
