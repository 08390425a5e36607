Instance: example-goal
InstanceOf: TmGoal
Usage: #example
Title: "Goal of the youth in Massachusetts"
* lifecycleStatus = #active
* achievementStatus = $goal-achievement#improving "Improving"
* category[skill] = TmSkillCodes#belonging "A sense of belonging"
* category[need] = TmNeedDomainCodes#social "Social needs"
* description.text = "Sofia joins one after-school activity and stays with it for eight weeks"
* subject = Reference(example-youth)
* startDate = "2025-03-17"
* target.measure.text = "Weeks of attendance without a gap"
* target.detailQuantity.value = 8
* target.detailQuantity.unit = "weeks"
* target.dueDate = "2025-09-30"
* expressedBy = Reference(example-youth)
* addresses = Reference(example-diagnosis)

Instance: example-goal-smart
InstanceOf: TmGoalSmart
Usage: #example
Title: "SMART goal of the youth in Virginia"
* meta.tag = TmProgramCodes#va-hr-csa
* extension[achievable].valueBoolean = true
* extension[baseline].valueQuantity.value = 5
* extension[baseline].valueQuantity.unit = "incidents per week"
* lifecycleStatus = #active
* category[skill] = TmSkillCodes#problem-solving-conflict-resolution "Problem-solving and conflict resolution"
* category[need] = TmNeedDomainCodes#social "Social needs"
* description.text = "Marcus resolves peer conflicts without leaving class, no more than 1 incident per week"
* subject = Reference(example-youth-va-hr-csa)
* startDate = "2025-05-01"
* target.measure.text = "Peer-conflict incidents per week"
* target.detailQuantity.value = 1
* target.detailQuantity.comparator = #<=
* target.detailQuantity.unit = "incidents per week"
* target.dueDate = "2025-10-31"
* expressedBy = Reference(example-youth-va-hr-csa)
* addresses = Reference(example-diagnosis-va-hr-csa)

Instance: example-goal-ct-dcf-tss
InstanceOf: TmGoalCtDcfTss
Usage: #example
Title: "Goal of the youth in Connecticut"
* meta.tag = TmProgramCodes#ct-dcf-tss
* lifecycleStatus = #completed
* achievementStatus = $goal-achievement#achieved "Achieved"
* category[skill] = TmSkillCodes#community-affiliation "Lasting affiliation with community activities"
* category[need] = TmNeedDomainCodes#social "Social needs"
* category[lifeArea] = TmLifeAreaCodes#social-emotional-development "Social and emotional development"
* category[outcomeDomain] = TmOutcomeDomainCodes#community "Community"
* description.text = "Elena is a regular member of a community group of her choice"
* subject = Reference(example-youth-ct-dcf-tss)
* startDate = "2025-02-18"
* target.measure.text = "Membership"
* target.detailString = "Member for three months"
* target.dueDate = "2025-08-15"
* addresses.display = "Major depressive disorder, recurrent, moderate"
* outcomeCode = TmOutcomeCodes#natural-support-connected "Connected to a natural community support"
