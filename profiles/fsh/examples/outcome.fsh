Instance: example-outcome
InstanceOf: TmOutcome
Usage: #example
Title: "Baseline: in school"
* extension[measurementPhase].valueCode = #baseline
* extension[reporter].valueCode = #caregiver
* status = #final
* category = $observation-category#social-history "Social History"
* code = TmOutcomeCodes#school-or-employed "In school or employed"
* subject = Reference(example-youth)
* effectiveDateTime = "2025-03-24"
* performer = Reference(example-mentor-role)
* valueCodeableConcept = TmSchoolEmploymentStatusCodes#in-school "In school"

Instance: example-outcome-empowerment
InstanceOf: TmOutcome
Usage: #example
Title: "Follow-up: empowerment score"
* extension[measurementPhase].valueCode = #follow-up
* extension[reporter].valueCode = #youth
* status = #final
* category = $observation-category#survey "Survey"
* code = TmOutcomeCodes#empowerment "Youth empowerment"
* subject = Reference(example-youth)
* effectiveDateTime = "2025-06-24T16:00:00-04:00"
* performer = Reference(example-youth)
* valueQuantity = 3.6 '{score}' "score"
* method.text = "Youth empowerment scale, 20 items"

Instance: example-outcome-juvenile-justice
InstanceOf: TmOutcome
Usage: #example
Title: "Follow-up: juvenile justice involvement"
* extension[measurementPhase].valueCode = #follow-up
* extension[reporter].valueCode = #mentor
* status = #final
* category = $observation-category#social-history "Social History"
* code = TmOutcomeCodes#juvenile-justice-involvement "Juvenile justice involvement / recidivism"
* subject = Reference(example-youth-state-cys)
* effectiveDateTime = "2025-07-31"
* performer = Reference(example-mentor-role-state-cys)
* component[+].code = TmOutcomeComponentCodes#prior-involvement
* component[=].valueBoolean = true
* component[+].code = TmOutcomeComponentCodes#new-arrest
* component[=].valueBoolean = false
* component[+].code = TmOutcomeComponentCodes#detention-days
* component[=].valueInteger = 0
