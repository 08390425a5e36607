Logical: MentoringReferral
Id: mentoring-referral
Title: "Referral or authorization record"
Description: "A request for therapeutic mentoring, an authorization of it, or an extension of one. Becomes a ServiceRequest."
* insert RecordId(this referral or authorization)
* youthId 1..1 string "Youth" "Id of the youth record."
* insert Program
* status 1..1 code "Status" "State of the request."
* status from $VS_record_referral_status (required)
* intent 1..1 code "Intent" "proposal: asked for and not decided; order: ordered by the referrer or authorized by the payer."
* intent from $VS_record_referral_intent (required)
* priority 0..1 code "Priority" "How urgent it is."
* priority from http://hl7.org/fhir/ValueSet/request-priority (required)
* referredOn 1..1 dateTime "Referred on" "Day, or moment with UTC offset, of the request."
* requesterId 0..1 string "Referred by" "Id of the mentor record of the person who asked."
* performerId 0..1 string "Agency" "Id of the organization record of the agency that is asked. Absent: your own agency; its id comes back as an absent field, which means the same."
* authorizationNumber 0..1 string "Authorization number" "Number the payer or funder gave: prior authorization or purchase order."
* start 0..1 date "From" "First day of service asked for or authorized."
* end 0..1 date "Through" "Last day of service asked for or authorized."
* hoursPerMonth 0..1 decimal "Hours a month" "Hours of mentoring a month (HRC-021)."
* treatmentStatus 0..1 code "Treatment status" "Whether the youth is in treatment or has completed it (CYS-001)."
* treatmentStatus from $VS_treatment_status (required)
* diagnosisIds 0..* string "Diagnoses" "Ids of the diagnosis records that are the reason."
* icd10 0..* string "ICD-10-CM codes" "Reasons given as ICD-10-CM codes only."
* targetPopulations 0..* code "Target population" "Why the youth belongs to the program's target population (CTD-023)."
* targetPopulations from $VS_target_population (required)
* presentingIssues 0..* code "Presenting issues" "What brings the youth to mentoring."
* presentingIssues from $VS_presenting_issue (required)
* purpose 0..1 code "Purpose" "What the referral is to achieve (CTD-024)."
* purpose from $VS_referral_purpose (required)
* livingSituation 0..1 code "Living situation" "Where the youth lives at referral (EXT-004)."
* livingSituation from $VS_living_situation (required)
* primaryNeed 0..1 code "Primary need" "What is mainly needed (EXT-003)."
* primaryNeed from $VS_primary_need (required)
* hubServices 0..* BackboneElement "Hub services" "Clinical hub services the youth receives (MAH-018)."
* hubServices.type 1..1 code "Hub service" "Outpatient therapy, in-home therapy or intensive care coordination."
* hubServices.type from $VS_hub_service (required)
* hubServices.providerId 0..1 string "Provider" "Id of the organization record of the hub provider."
* hubServices.startDate 0..1 date "From" "First day of the hub service (MAH-019)."
* hubServices.endDate 0..1 date "Through" "Last day of the hub service."
* hubServices.episodeId 0..1 string "Hub episode" "Id of the episode record of the hub service (MAH-020)."
* sequence 0..1 positiveInt "Sequence" "1 for the first authorization, 2 for the first extension, 3 and more for continuations (HRC-024, HRC-027)."
* replacesId 0..1 string "Extends" "Id of the referral record this one extends."
* dischargePlanningDiscussion 0..1 BackboneElement "Discharge planning discussion" "First discussion of discharge planning (HRC-006)."
* dischargePlanningDiscussion.date 0..1 date "On" "Day of the discussion."
* dischargePlanningDiscussion.participants 0..* code "With" "Who took part."
* dischargePlanningDiscussion.participants from $VS_attendee (required)
* approvals 0..* BackboneElement "Decisions" "Decisions of the review bodies FAPT and CPMT (HRC-024, HRC-027, HRC-038)."
* approvals.body 1..1 code "Body" "Which body decided."
* approvals.body from $VS_review_body (required)
* approvals.meetingDate 0..1 date "Met on" "Day of the meeting."
* approvals.decision 0..1 code "Decision" "What was decided; absent while it is open."
* approvals.decision from $VS_decision (required)
* approvals.attendees 0..* code "Present" "Who presented."
* approvals.attendees from $VS_attendee (required)
* approvals.goalReviewedIds 0..* string "Goals reviewed" "Ids of the goals the body reviewed (HRC-018, HRC-028)."
* approvals.effective 0..1 boolean "Found effective" "Whether the service was found effective for the goals (HRC-028)."
* goalIds 0..* string "Goals" "Ids of the goals the mentoring is asked for (MAH-011, HRC-011)."
* planIds 0..* string "Plans" "Ids of the plan records behind the request (MAH-022)."
* documentIds 0..* string "Documents" "Ids of note records that belong to the request, such as a signed consent (EXT-001, EXT-009)."
* outcomeIds 0..* string "Assessments" "Ids of outcome records that belong to the request, such as the CANS (EXT-002, EXT-008)."
* coverageIds 0..* string "Coverage" "Ids of the youth's coverages that pay (HRC-002)."
* matchPreference 0..1 string "Mentor preference" "What the youth and family want in a mentor, and when they have time (ESS-024)."
* remarks 0..1 string "Remarks" "Anything else the agency should know."
* obeys rec-period
