// https://hl7.org/fhir/R4/task.html

Profile: TmReferralTask
Parent: Task
Id: tm-referral-task
Title: "Referral task"
Description: "The state of a referral between its sender and the mentoring agency."
* status MS
* statusReason MS
* businessStatus MS
* intent MS
* code 1..1 MS
* code.coding 1..*
* insert SlicedByPattern(code.coding)
* code.coding contains referral 1..1 and fulfill 0..1
* code.coding[referral] = TmTaskCodes#fulfill-referral
* code.coding[fulfill] = $task-code#fulfill
* focus 1..1 MS
* focus only Reference(ServiceRequest)
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* lastModified MS
* requester MS
* owner MS
* output MS
