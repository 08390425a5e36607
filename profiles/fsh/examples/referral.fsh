Instance: example-referral
InstanceOf: TmReferral
Usage: #example
Title: "Draft of a referral"
* meta.tag = TmProgramCodes#state-cys
* extension[treatmentStatus].valueCode = #in-treatment
* extension[livingSituation].valueCode = #kinship
* extension[primaryNeed].valueCode = #goal-directed-mentoring
* status = #draft
* intent = #order
* category[program] = TmProgramCodes#state-cys
* code.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth-state-cys)
* authoredOn = "2025-01-14T09:20:00-05:00"
* requester = Reference(example-organization-hub-provider)
* reasonCode[presentingIssue] = TmPresentingIssueCodes#disengagement "Disengaged youth"
* reasonCode[diagnosis] = $icd-10-cm#F12.10 "Cannabis abuse, uncomplicated"
* orderDetail.text = "Return to school and a circle of friends who do not use"

Instance: example-referral-state-cys
InstanceOf: TmReferralStateCys
Usage: #example
Title: "Referral under the state definition"
* meta.tag = TmProgramCodes#state-cys
* extension[treatmentStatus].valueCode = #completed-treatment
* status = #active
* intent = #order
* category[program] = TmProgramCodes#state-cys
* code.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth-state-cys)
* occurrencePeriod.start = "2025-01-31"
* occurrencePeriod.end = "2026-01-30"
* authoredOn = "2025-01-20T10:00:00-05:00"
* requester = Reference(example-organization-hub-provider)
* performer = Reference(example-organization)
* reasonCode[targetPopulation] = TmTargetPopulationCodes#mh-sud-completed-treatment "Youth who completed such treatment"
* reasonCode[diagnosis] = $icd-10-cm#F12.20 "Cannabis dependence, uncomplicated"
* orderDetail.text = "Keep up recovery activities after treatment"

Instance: example-referral-masshealth-cbhi
InstanceOf: TmReferralMasshealthCbhi
Usage: #example
Title: "Referral of an in-home therapist, MassHealth"
* meta.tag = TmProgramCodes#masshealth-cbhi
* extension[hubService].extension[type].valueCodeableConcept = TmHubServiceCodes#in-home-therapy "In-Home Therapy (IHT)"
* extension[hubService].extension[provider].valueReference = Reference(example-organization-hub-provider)
* extension[hubService].extension[startDate].valueDate = "2025-02-03"
* extension[hubService].extension[episode].valueReference = Reference(example-episode-hub)
* extension[livingSituation].valueCode = #home
* extension[primaryNeed].valueCode = #goal-directed-mentoring
* status = #active
* intent = #order
* category[program] = TmProgramCodes#masshealth-cbhi
* code.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* code.coding[hcpcs] = $hcpcs#T1027 "Family training and counseling for child development, per 15 minutes"
* subject = Reference(example-youth)
* occurrencePeriod.start = "2025-03-17"
* authoredOn = "2025-03-10T09:00:00-04:00"
* requester = Reference(example-team-role-hub-clinician)
* performer = Reference(example-organization)
* reasonCode[presentingIssue] = TmPresentingIssueCodes#trauma "Trauma experience"
* reasonReference = Reference(example-diagnosis)
* insurance = Reference(example-coverage)
* supportingInfo[+] = Reference(example-treatment-plan)
* supportingInfo[+] = Reference(example-goal)

Instance: example-referral-va-hr-csa
InstanceOf: TmReferralVaHrCsa
Usage: #example
Title: "First authorization, Harrisonburg-Rockingham CSA"
* meta.tag = TmProgramCodes#va-hr-csa
* extension[authorizationSequence].valuePositiveInt = 1
* extension[dischargePlanningDiscussion].extension[date].valueDate = "2025-04-28"
* extension[dischargePlanningDiscussion].extension[participant][+].valueCode = #guardian
* extension[dischargePlanningDiscussion].extension[participant][+].valueCode = #child
* extension[dischargePlanningDiscussion].extension[participant][+].valueCode = #provider
* extension[approval].extension[body].valueCode = #FAPT
* extension[approval].extension[meetingDate].valueDate = "2025-04-29"
* extension[approval].extension[decision].valueCode = #approved
* extension[approval].extension[attendee][+].valueCode = #case-manager
* extension[approval].extension[attendee][+].valueCode = #provider
* status = #active
* intent = #order
* category[program] = TmProgramCodes#va-hr-csa
* code.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* insert HoursPerMonth(15)
* subject = Reference(example-youth-va-hr-csa)
* occurrencePeriod.start = "2025-05-01"
* occurrencePeriod.end = "2025-10-31"
* authoredOn = "2025-04-29"
* requester = Reference(example-team-role)
* performer = Reference(example-organization)
* reasonCode[targetPopulation] = TmTargetPopulationCodes#csa-funded-youth "Child/youth funded by HR CSA"
* reasonReference = Reference(example-diagnosis-va-hr-csa)
* insurance = Reference(example-coverage-va-hr-csa)
* supportingInfo[+] = Reference(example-ifsp-va-hr-csa)
* supportingInfo[+] = Reference(example-goal-smart)

Instance: example-referral-ct-dcf-tss
InstanceOf: TmReferralCtDcfTss
Usage: #example
Title: "Referral to step down from residential care, Connecticut DCF"
* meta.tag = TmProgramCodes#ct-dcf-tss
* extension[referralPurpose].valueCode = #step-down-discharge
* extension[livingSituation].valueCode = #residential-with-plan-home
* status = #active
* intent = #order
* category[program] = TmProgramCodes#ct-dcf-tss
* code.coding[mentoring] = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* subject = Reference(example-youth-ct-dcf-tss)
* authoredOn = "2025-02-10"
* requester.display = "DCF area office worker"
* performer = Reference(example-organization)
* reasonCode[targetPopulation] = TmTargetPopulationCodes#returning-from-out-of-home "Returning home from out-of-home care"
* reasonCode[diagnosis] = $icd-10-cm#F33.1 "Major depressive disorder, recurrent, moderate"
* supportingInfo[+] = Reference(example-treatment-plan-individualized-service-plan)
* supportingInfo[+] = Reference(example-goal-ct-dcf-tss)
