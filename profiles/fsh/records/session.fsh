Logical: MentoringSession
Id: mentoring-session
Title: "Session record"
Description: "A session with a youth, or another contact on the youth's behalf: held, planned, missed or cancelled. Becomes an Encounter."
* insert RecordId(this session)
* youthId 1..1 string "Youth" "Id of the youth record. One youth only: mentoring is one-to-one (CYS-009)."
* insert Program
* type 1..1 code "Type" "Session, intake, collateral contact, family contact or team meeting."
* type from $VS_encounter_type (required)
* status 1..1 code "Status" "What became of it."
* status from $VS_record_status_session (required)
* start 0..1 dateTime "Start" "Moment it began or was to begin, with UTC offset, such as 2026-03-04T15:30:00-05:00."
* end 0..1 dateTime "End" "Moment it ended or was to end, with UTC offset."
* mentorId 1..1 string "Mentor" "Id of the mentor record of the mentor who held it."
* referralId 0..1 string "Referral or authorization" "Id of the referral record it is delivered under (HRC-025)."
* episodeId 0..1 string "Episode" "Id of the episode record it belongs to."
* modality 0..1 code "Modality" "In person, by phone, by video or otherwise (CYS-043)."
* modality from $VS_modality (required)
* setting 0..1 code "Setting" "Where it took place (CYS-044, CTD-006)."
* setting from $VS_setting (required)
* place 0..1 BackboneElement "Place" "The place itself (CTD-012)."
* place.name 1..1 string "Name" "Name of the place, such as Forest Park Library."
* insert AddressFields(place)
* activities 0..* code "Activities" "What was done (CYS-008, CYS-048)."
* activities from $VS_activity_recorded (required)
* techniques 0..* code "Techniques" "How it was done (CYS-015)."
* techniques from $VS_technique (required)
* evidenceBasedPractices 0..* code "Evidence-based practices" "Practices used (ESS-010)."
* evidenceBasedPractices from $VS_evidence_based_practice (required)
* goalIds 0..* string "Goals addressed" "Ids of the goals it supported (MAH-002)."
* planId 0..1 string "Plan worked on" "Id of the plan record that was developed or reviewed with the youth (CYS-025)."
* transportDestination 0..1 string "Transport to" "Service the youth was driven to (CYS-021)."
* transportMiles 0..1 decimal "Miles" "Miles driven with the youth."
* participantPreference 0..1 string "Youth's preference" "What the youth wanted to do (CYS-024)."
* confidentialityProtected 0..1 boolean "Confidentiality protected" "The mentor attests that confidentiality was protected at the place (CYS-045)."
* locationSafe 0..1 boolean "Place safe" "The mentor attests that the place was safe (CYS-045)."
* capableOfSelf 0..1 boolean "Youth could do it alone" "True when the mentor did for the youth what the youth can do alone (CYS-050)."
* advocacyOccasions 0..* code "Advocacy" "Occasion on which the mentor spoke up for the youth (CYS-027)."
* advocacyOccasions from $VS_advocacy_occasion (required)
* barriers 0..* code "Barriers" "What stood in the way (ESS-021)."
* barriers from $VS_barrier (required)
* guardianIds 0..* string "Guardians present" "Ids of guardians of the youth record who were there (CYS-019, ESS-016)."
* otherStaffIds 0..* string "Other professionals present" "Ids of mentor records of others who were there, such as the hub clinician (EXT-005)."
* interpreterPresent 0..1 boolean "Interpreter present" "Whether an interpreter took part (CTD-010)."
* cancellationReason 0..1 code "Why not held" "Why it was missed or cancelled."
* cancellationReason from $VS_cancellation_reason (required)
* minutes 0..1 positiveInt "Minutes" "Length in minutes, where your system keeps it; must agree with start and end (STR-004)."
* obeys rec-session-held and rec-session-moment and rec-session-order and rec-session-length and rec-session-minutes and rec-session-cancelled and rec-session-no-show
