Logical: MentoringOutcome
Id: mentoring-outcome
Title: "Outcome observation record"
Description: "An outcome as it was found on a day, or an assessment such as the CANS. Becomes an Observation."
* insert RecordId(this observation)
* youthId 1..1 string "Youth" "Id of the youth record."
* insert Program
* outcome 1..1 code "Outcome or assessment" "What was observed."
* outcome from $VS_outcome_or_assessment (required)
* observedOn 1..1 dateTime "Observed" "Day, or moment with UTC offset."
* phase 0..1 code "Phase" "Baseline, follow-up or discharge."
* phase from $VS_measurement_phase (required)
* yes 0..1 boolean "Yes or no" "The finding, where it is yes or no (CYS-003)."
* score 0..1 decimal "Score" "The finding, where it is a number (CYS-004)."
* scoreUnit 0..1 string "Unit of the score" "What the score counts, such as points."
* schoolEmployment 0..1 code "School or employment" "The finding for school-or-employed (CYS-005)."
* schoolEmployment from $VS_school_employment_status (required)
* text 0..1 string "In words" "The finding, where it is words."
* priorInvolvement 0..1 boolean "Prior involvement" "Juvenile justice: involved before the baseline (CYS-006)."
* newArrest 0..1 boolean "New arrest" "Juvenile justice: arrested since the last observation (CYS-006)."
* newAdjudication 0..1 boolean "New adjudication" "Juvenile justice: adjudicated since the last observation (CYS-006)."
* detentionDays 0..1 unsignedInt "Detention days" "Juvenile justice: days in detention since the last observation (CYS-006)."
* outOfHomeDays 0..1 unsignedInt "Days out of home" "Days placed out of home since the last observation (CTD-015)."
* method 0..1 string "Instrument" "Instrument or method; only observations of the same method are compared (CYS-004)."
* reporter 0..1 code "Reported by" "Whose view it is."
* reporter from $VS_reporter (required)
* observedById 0..1 string "Recorded by" "Id of the mentor record of the person who recorded it."
* goalId 0..1 string "Goal" "Id of the goal it tracks."
* remarks 0..1 string "Remarks" "Anything else."
* obeys rec-outcome-value and rec-outcome-score-unit
