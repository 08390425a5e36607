Instance: example-session
InstanceOf: TmSession
Usage: #example
Title: "Session in Virginia"
* meta.tag = TmProgramCodes#va-hr-csa
* identifier.system = "https://riverbend.example.org/ids/session"
* identifier.value = "V-20250603-2"
* extension[activity].valueCodeableConcept = TmActivityCodes#skill-training-problem-solving "Skill training: problem solving"
* extension[technique].valueCode = #coaching
* extension[goalAddressed].valueReference = Reference(example-goal-smart)
* insert InPerson(home)
* status = #finished
* class = $v3-ActCode#FLD "field"
* type[contact] = TmEncounterTypeCodes#session "Mentoring session"
* serviceType.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth-va-hr-csa)
* episodeOfCare = Reference(example-episode-va-hr-csa)
* basedOn = Reference(example-referral-va-hr-csa)
* insert HeldBy(example-mentor-role)
* period.start = "2025-06-03T15:30:00-04:00"
* period.end = "2025-06-03T17:00:00-04:00"
* length = 90 'min' "min"
* reasonReference = Reference(example-diagnosis-va-hr-csa)
* serviceProvider = Reference(example-organization)

Instance: example-session-masshealth-cbhi
InstanceOf: TmSessionMasshealthCbhi
Usage: #example
Title: "Session in Massachusetts, with transport and the mother taking part"
* meta.tag = TmProgramCodes#masshealth-cbhi
* identifier.system = "https://riverbend.example.org/ids/session"
* identifier.value = "V-20250401-1"
* extension[activity][+].valueCodeableConcept = TmActivityCodes#transport-to-services "Transporting youth to needed services"
* extension[activity][+].valueCodeableConcept = TmActivityCodes#caregiver-relationship-building
* extension[technique].valueCode = #modeling
* extension[goalAddressed].valueReference = Reference(example-goal)
* extension[transportDestination].valueString = "After-school art program"
* extension[transportMiles].valueDecimal = 6.4
* insert InPerson(other-community)
* status = #finished
* class = $v3-ActCode#FLD "field"
* type[contact] = TmEncounterTypeCodes#session "Mentoring session"
* serviceType.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth)
* episodeOfCare = Reference(example-episode)
* basedOn = Reference(example-referral-masshealth-cbhi)
* participant[+].type = $v3-ParticipationType#PPRF "primary performer"
* participant[=].individual = Reference(example-mentor-role)
* participant[+].type = $v3-ParticipationType#PART "Participation"
* participant[=].individual = Reference(example-guardian)
* period.start = "2025-04-01T15:00:00-04:00"
* period.end = "2025-04-01T17:00:00-04:00"
* length = 120 'min' "min"
* reasonReference = Reference(example-diagnosis)
* serviceProvider = Reference(example-organization)

Instance: example-session-ct-dcf-tss
InstanceOf: TmSessionCtDcfTss
Usage: #example
Title: "Session in Connecticut"
* meta.tag = TmProgramCodes#ct-dcf-tss
* identifier.system = "https://riverbend.example.org/ids/session"
* identifier.value = "V-20250412-3"
* extension[activity].valueCodeableConcept = TmActivityCodes#structured-leisure "Structured leisure and recreation based on participant preferences"
* extension[participantPreference].valueString = "Skateboarding"
* extension[goalAddressed].valueReference = Reference(example-goal-ct-dcf-tss)
* insert InPerson(other-community)
* status = #finished
* class = $v3-ActCode#FLD "field"
* type[contact] = TmEncounterTypeCodes#session "Mentoring session"
* serviceType.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth-ct-dcf-tss)
* episodeOfCare = Reference(example-episode-ct-dcf-tss)
* basedOn = Reference(example-referral-ct-dcf-tss)
* insert HeldBy(example-mentor-role-ct-dcf-tss)
* period.start = "2025-04-12T10:00:00-04:00"
* period.end = "2025-04-12T13:00:00-04:00"
* length = 180 'min' "min"
* serviceProvider = Reference(example-organization)

Instance: example-session-no-show
InstanceOf: TmSession
Usage: #example
Title: "Session to which the youth did not come"
* meta.tag = TmProgramCodes#va-hr-csa
* identifier.system = "https://riverbend.example.org/ids/session"
* identifier.value = "V-20250605-1"
* extension[cancellationReason].valueCodeableConcept = TmCancellationReasonCodes#no-show "Youth did not come"
* extension[barrier].valueCodeableConcept = TmBarrierCodes#no-show "No show"
* status = #cancelled
* class = $v3-ActCode#FLD "field"
* type[contact] = TmEncounterTypeCodes#session "Mentoring session"
* serviceType.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth-va-hr-csa)
* episodeOfCare = Reference(example-episode-va-hr-csa)
* basedOn = Reference(example-referral-va-hr-csa)
* insert HeldBy(example-mentor-role)
* serviceProvider = Reference(example-organization)
