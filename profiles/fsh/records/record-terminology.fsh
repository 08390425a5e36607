// Codes that only the mentoring records use: the agency's words, translated by mappings/conceptmaps.

CodeSystem: RecordStatusSession
Id: record-status-session
Title: "Session status in the agency's words"
Description: "What became of a session."
* ^status = #active
* ^experimental = false
* ^caseSensitive = true
* #planned "Planned" "Agreed for the future."
* #in-progress "In progress" "Has begun, has not ended."
* #held "Held" "Took place and is over."
* #no-show "No-show" "The youth did not come."
* #cancelled "Cancelled" "Called off beforehand."

ValueSet: RecordStatusSessionCodes
Id: record-status-session
Title: "Session status in the agency's words"
Description: "What became of a session."
* ^status = #active
* ^experimental = false
* include codes from system RecordStatusSession

CodeSystem: RecordStatusSupervision
Id: record-status-supervision
Title: "Supervision meeting status"
Description: "What became of a supervision meeting."
* ^status = #active
* ^experimental = false
* ^caseSensitive = true
* #planned "Planned"
* #held "Held"
* #cancelled "Cancelled"
* #missed "Missed" "The mentor did not come."

ValueSet: RecordStatusSupervisionCodes
Id: record-status-supervision
Title: "Supervision meeting status"
Description: "What became of a supervision meeting."
* ^status = #active
* ^experimental = false
* include codes from system RecordStatusSupervision

CodeSystem: RecordMedium
Id: record-medium
Title: "Way a message was given"
Description: "How a message reached the family."
* ^status = #active
* ^experimental = false
* ^caseSensitive = true
* #in-person "In person"
* #phone "By phone"
* #video "By video"
* #written "In writing" "Letter, e-mail or text message."

ValueSet: RecordMediumCodes
Id: record-medium
Title: "Way a message was given"
Description: "How a message reached the family."
* ^status = #active
* ^experimental = false
* include codes from system RecordMedium

CodeSystem: RecordExpressedBy
Id: record-expressed-by
Title: "Whose wish a goal is"
Description: "Who put the goal into words."
* ^status = #active
* ^experimental = false
* ^caseSensitive = true
* #youth "The youth"
* #mentor "The mentor (author of the plan)"

ValueSet: RecordExpressedByCodes
Id: record-expressed-by
Title: "Whose wish a goal is"
Description: "Who put the goal into words."
* ^status = #active
* ^experimental = false
* include codes from system RecordExpressedBy

// FHIR's own codes, narrowed to those an agency's record may carry.

ValueSet: RecordReferralStatus
Id: record-referral-status
Title: "Referral status"
Description: "FHIR request-status without the codes a record never carries."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/request-status#draft
* http://hl7.org/fhir/request-status#active
* http://hl7.org/fhir/request-status#on-hold
* http://hl7.org/fhir/request-status#revoked
* http://hl7.org/fhir/request-status#completed

ValueSet: RecordReferralIntent
Id: record-referral-intent
Title: "Referral intent"
Description: "proposal: asked for, not decided; order: ordered or authorized."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/request-intent#proposal
* http://hl7.org/fhir/request-intent#order

ValueSet: RecordPlanStatus
Id: record-plan-status
Title: "Plan status"
Description: "FHIR request-status without the codes a record never carries."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/request-status#draft
* http://hl7.org/fhir/request-status#active
* http://hl7.org/fhir/request-status#on-hold
* http://hl7.org/fhir/request-status#revoked
* http://hl7.org/fhir/request-status#completed

ValueSet: RecordActivityStatus
Id: record-activity-status
Title: "Planned activity status"
Description: "FHIR care-plan-activity-status without the codes a record never carries."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/care-plan-activity-status#not-started
* http://hl7.org/fhir/care-plan-activity-status#in-progress
* http://hl7.org/fhir/care-plan-activity-status#on-hold
* http://hl7.org/fhir/care-plan-activity-status#completed
* http://hl7.org/fhir/care-plan-activity-status#cancelled

ValueSet: RecordGoalStatus
Id: record-goal-status
Title: "Goal status"
Description: "FHIR goal-status without entered-in-error, which a DELETE sets."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/goal-status#proposed
* http://hl7.org/fhir/goal-status#planned
* http://hl7.org/fhir/goal-status#accepted
* http://hl7.org/fhir/goal-status#active
* http://hl7.org/fhir/goal-status#on-hold
* http://hl7.org/fhir/goal-status#completed
* http://hl7.org/fhir/goal-status#cancelled
* http://hl7.org/fhir/goal-status#rejected

ValueSet: RecordGoalAchievement
Id: record-goal-achievement
Title: "Goal achievement"
Description: "How far the goal has been reached."
* ^status = #active
* ^experimental = false
* include codes from system http://terminology.hl7.org/CodeSystem/goal-achievement

ValueSet: RecordTargetComparator
Id: record-target-comparator
Title: "Comparator of a target value"
Description: "The target is less, at most, at least or more than the value."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/quantity-comparator#<
* http://hl7.org/fhir/quantity-comparator#<=
* http://hl7.org/fhir/quantity-comparator#>=
* http://hl7.org/fhir/quantity-comparator#>

ValueSet: RecordPeriodUnit
Id: record-period-unit
Title: "Unit of a planned frequency"
Description: "per day, week or month."
* ^status = #active
* ^experimental = false
* http://unitsofmeasure.org#d "day"
* http://unitsofmeasure.org#wk "week"
* http://unitsofmeasure.org#mo "month"

ValueSet: RecordEpisodeStatus
Id: record-episode-status
Title: "Episode status"
Description: "FHIR episode-of-care-status without finished (a discharge sets it) and entered-in-error (a DELETE sets it)."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/episode-of-care-status#planned
* http://hl7.org/fhir/episode-of-care-status#waitlist
* http://hl7.org/fhir/episode-of-care-status#active
* http://hl7.org/fhir/episode-of-care-status#onhold
* http://hl7.org/fhir/episode-of-care-status#cancelled

ValueSet: RecordDocumentStatus
Id: record-document-status
Title: "Document status"
Description: "State of the document itself."
* ^status = #active
* ^experimental = false
* http://hl7.org/fhir/composition-status#preliminary
* http://hl7.org/fhir/composition-status#final
* http://hl7.org/fhir/composition-status#amended

ValueSet: RecordDiagnosisStatus
Id: record-diagnosis-status
Title: "Clinical status of a diagnosis"
Description: "Whether the condition is present."
* ^status = #active
* ^experimental = false
* include codes from system http://terminology.hl7.org/CodeSystem/condition-clinical

ValueSet: RecordDiagnosisCertainty
Id: record-diagnosis-certainty
Title: "Certainty of a diagnosis"
Description: "How sure the clinician is."
* ^status = #active
* ^experimental = false
* http://terminology.hl7.org/CodeSystem/condition-ver-status#unconfirmed
* http://terminology.hl7.org/CodeSystem/condition-ver-status#provisional
* http://terminology.hl7.org/CodeSystem/condition-ver-status#differential
* http://terminology.hl7.org/CodeSystem/condition-ver-status#confirmed
* http://terminology.hl7.org/CodeSystem/condition-ver-status#refuted

// Identifiers that the maps type, because a referral carries several.

CodeSystem: TmIdentifierType
Id: tm-identifier-type
Title: "Identifier type"
Description: "Kinds of identifiers that HL7 table 0203 has no code for."
* ^status = #active
* ^experimental = false
* ^caseSensitive = true
* #authorization-number "Authorization number" "Number a payer or funder gave to an authorization: prior authorization or purchase order."
