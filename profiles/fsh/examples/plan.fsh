RuleSet: Narrative(words)
* text.status = #generated
* text.div = "<div xmlns='http://www.w3.org/1999/xhtml'>{words}</div>"

Instance: example-treatment-plan
InstanceOf: TmTreatmentPlan
Usage: #example
Title: "Behavioral treatment plan of the in-home therapist"
* insert Narrative(Behavioral treatment plan of Sofia Reyes with the goal that mentoring supports.)
* status = #active
* intent = #plan
* category[planType] = TmPlanTypeCodes#behavioral-treatment-plan "Behavioral treatment plan (OP/IHT hub)"
* subject = Reference(example-youth)
* period.start = "2025-02-10"
* created = "2025-02-10"
* author = Reference(example-team-role-hub-clinician)
* addresses = Reference(example-diagnosis)
* goal = Reference(example-goal)

Instance: example-treatment-plan-va-hr-csa
InstanceOf: TmTreatmentPlanVaHrCsa
Usage: #example
Title: "Provider's mentoring plan in Virginia"
* meta.tag = TmProgramCodes#va-hr-csa
* insert Narrative(Mentoring plan of Marcus Bell: two sessions a week of one and a half hours.)
* extension[strength].valueString = "Patient with younger children; plays guitar"
* extension[dischargePlan].extension[criteria].valueString = "Uses two coping skills unprompted at school for four weeks"
* extension[dischargePlan].extension[skillGeneralization].valueString = "Practises the same skills at the church youth band without the mentor"
* extension[dischargePlan].extension[naturalSupport].valueString = "Youth band leader"
* extension[dischargePlan].extension[plannedDate].valueDate = "2025-10-31"
* status = #active
* intent = #plan
* category[planType] = TmPlanTypeCodes#provider-plan "Provider's mentoring plan"
* subject = Reference(example-youth-va-hr-csa)
* period.start = "2025-05-01"
* period.end = "2025-10-31"
* created = "2025-05-01"
* author = Reference(example-mentor-role)
* contributor = Reference(example-team-role)
* addresses = Reference(example-diagnosis-va-hr-csa)
* supportingInfo = Reference(example-ifsp-va-hr-csa)
* goal = Reference(example-goal-smart)
* activity.detail.status = #in-progress
* activity.detail.code = TmActivityCodes#skill-training-problem-solving "Skill training: problem solving"
* activity.detail.reasonCode = TmServiceObjectiveCodes#extend-gains "Support and extend therapeutic gains"
* activity.detail.scheduledTiming.repeat.frequency = 2
* activity.detail.scheduledTiming.repeat.period = 1
* activity.detail.scheduledTiming.repeat.periodUnit = #wk
* activity.detail.scheduledTiming.repeat.duration = 1.5
* activity.detail.scheduledTiming.repeat.durationUnit = #h

Instance: example-ifsp-va-hr-csa
InstanceOf: TmIfspVaHrCsa
Usage: #example
Title: "Individual Family Services Plan"
* meta.tag = TmProgramCodes#va-hr-csa
* insert Narrative(Individual Family Services Plan of Marcus Bell.)
* extension[alternativeService].extension[service].valueCodeableConcept = TmAlternativeServiceCodes#outpatient-therapy "Outpatient therapy"
* extension[alternativeService].extension[exploredOn].valueDate = "2025-04-10"
* extension[alternativeService].extension[explanation].valueString = "Weekly therapy continues but does not give in-community practice of peer skills"
* status = #active
* intent = #plan
* category[planType] = TmPlanTypeCodes#ifsp "Individual Family Services Plan (CSA)"
* subject = Reference(example-youth-va-hr-csa)
* period.start = "2025-05-01"
* author = Reference(example-team-role)
* goal = Reference(example-goal-smart)

Instance: example-treatment-plan-ct-dcf-tss
InstanceOf: TmTreatmentPlanCtDcfTss
Usage: #example
Title: "Mentoring plan in Connecticut"
* meta.tag = TmProgramCodes#ct-dcf-tss
* insert Narrative(Mentoring plan of Elena Novak: one session a week of three hours.)
* extension[strength].valueString = "Draws and skates; makes friends through both"
* extension[culturalConsideration].valueString = "Grandmother, who speaks Slovak, takes part in decisions"
* status = #active
* intent = #plan
* category[planType] = TmPlanTypeCodes#treatment-plan "Treatment plan"
* subject = Reference(example-youth-ct-dcf-tss)
* period.start = "2025-02-18"
* author = Reference(example-mentor-role-ct-dcf-tss)
* addresses.display = "Major depressive disorder, recurrent, moderate"
* supportingInfo = Reference(example-treatment-plan-individualized-service-plan)
* goal = Reference(example-goal-ct-dcf-tss)
* activity.detail.status = #in-progress
* activity.detail.code = TmActivityCodes#natural-support-building "Building ties to natural community supports"
* activity.detail.scheduledTiming.repeat.frequency = 1
* activity.detail.scheduledTiming.repeat.period = 1
* activity.detail.scheduledTiming.repeat.periodUnit = #wk
* activity.detail.scheduledTiming.repeat.duration = 3
* activity.detail.scheduledTiming.repeat.durationUnit = #h

Instance: example-treatment-plan-individualized-service-plan
InstanceOf: TmTreatmentPlan
Usage: #example
Title: "Individualized Service Plan of the System of Care"
* insert Narrative(Individualized Service Plan of Elena Novak.)
* status = #active
* intent = #plan
* category[planType] = TmPlanTypeCodes#individualized-service-plan "System of Care Individualized Service Plan"
* subject = Reference(example-youth-ct-dcf-tss)
* period.start = "2025-01-15"
* goal = Reference(example-goal-ct-dcf-tss)
