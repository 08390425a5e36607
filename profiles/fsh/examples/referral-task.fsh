Instance: example-referral-task
InstanceOf: TmReferralTask
Usage: #example
Title: "Referral that the agency accepted"
* meta.tag = TmProgramCodes#masshealth-cbhi
* status = #accepted
* intent = #order
* code.coding[referral] = TmTaskCodes#fulfill-referral "Fulfill a mentoring referral"
* code.coding[fulfill] = $task-code#fulfill
* focus = Reference(example-referral-masshealth-cbhi)
* for = Reference(example-youth)
* authoredOn = "2025-03-10T09:00:05-04:00"
* lastModified = "2025-03-12T11:40:00-04:00"
* requester = Reference(example-team-role-hub-clinician)
* owner = Reference(example-organization)
