Extension: TmApproval
Id: tm-approval
Title: "Approval"
Description: "A review meeting and its decision (HRC-018, HRC-024, HRC-027, HRC-028)."
Context: ServiceRequest
* extension contains
    body 1..1 and
    meetingDate 0..1 and
    decision 0..1 and
    attendee 0..* and
    goalReviewed 0..* and
    effective 0..1
* extension[body] ^short = "FAPT | CPMT"
* extension[body].value[x] 1..1
* extension[body].value[x] only code
* extension[body].value[x] from TmReviewBodyValueSet (required)
* extension[meetingDate] ^short = "Day of the meeting"
* extension[meetingDate].value[x] 1..1
* extension[meetingDate].value[x] only date
* extension[decision] ^short = "approved | denied | deferred; absent while it is open"
* extension[decision].value[x] 1..1
* extension[decision].value[x] only code
* extension[decision].value[x] from TmDecisionValueSet (required)
* extension[attendee] ^short = "Who presented or took part"
* extension[attendee].value[x] 1..1
* extension[attendee].value[x] only code
* extension[attendee].value[x] from TmAttendeeValueSet (required)
* extension[goalReviewed] ^short = "A goal that was reviewed"
* extension[goalReviewed].value[x] 1..1
* extension[goalReviewed].value[x] only Reference(Goal)
* extension[effective] ^short = "Whether services are effective for the goals"
* extension[effective].value[x] 1..1
* extension[effective].value[x] only boolean
