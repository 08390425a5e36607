Logical: MentoringPlan
Id: mentoring-plan
Title: "Plan record"
Description: "A plan with its goals: the mentoring plan, the hub clinician's treatment plan, an IFSP, a wellness/recovery plan or an Individualized Service Plan. Becomes a CarePlan and a Goal for each goal."
* insert RecordId(this plan)
* youthId 1..1 string "Youth" "Id of the youth record."
* insert Program
* kind 1..1 code "Kind of plan" "provider-plan is the mentoring agency's own; behavioral-treatment-plan and individual-care-plan are the hub's; ifsp is FAPT's."
* kind from $VS_plan_type (required)
* status 1..1 code "Status" "State of the plan."
* status from $VS_record_plan_status (required)
* title 0..1 string "Title" "Title of the plan."
* start 0..1 date "From" "First day of the plan (CYS-046)."
* end 0..1 date "Through" "Last day of the plan."
* createdOn 0..1 date "Created on" "Day the plan was made (HRC-030)."
* authorId 0..1 string "Author" "Id of the mentor record of the person who made it."
* authorOrganizationId 0..1 string "Author organization" "Id of the organization record that made it, such as the hub provider (MAH-003)."
* contributorIds 0..* string "Contributors" "Ids of mentor records of people who contributed, such as the case manager (HRC-031)."
* episodeId 0..1 string "Episode" "Id of the episode record; its care team carries the plan out."
* strengths 0..* string "Strengths" "What the youth does well (CYS-011)."
* culturalConsiderations 0..* string "Cultural considerations" "What the mentor should know of the family's culture (CTD-010)."
* diagnosisIds 0..* string "Addresses" "Ids of diagnosis records the plan addresses."
* outcomeIds 0..* string "Assessments" "Ids of outcome records the plan rests on (CTD-011)."
* documentIds 0..* string "Documents" "Ids of note records the plan rests on (CTD-011)."
* informedByPlanIds 0..* string "Informed by" "Ids of plan records this plan is informed by, such as the Individualized Service Plan (CTD-022)."
* activities 0..* BackboneElement "Planned activities" "What is planned, how often and how long (CYS-046, CYS-047)."
* activities.activity 0..1 code "Activity" "What is done."
* activities.activity from $VS_activity (required)
* activities.objective 0..1 code "Objective" "What it is for (CYS-013)."
* activities.objective from $VS_service_objective (required)
* activities.status 1..1 code "Status" "State of the activity."
* activities.status from $VS_record_activity_status (required)
* activities.description 0..1 string "In words" "The activity in words."
* activities.frequency 0..1 positiveInt "Times" "How many times …"
* activities.per 0..1 positiveInt "In how many" "… in how many …"
* activities.perUnit 0..1 code "Days, weeks or months" "… days, weeks or months."
* activities.perUnit from $VS_record_period_unit (required)
* activities.hours 0..1 decimal "Hours each time" "Length of one session in hours."
* alternativeServices 0..* BackboneElement "Alternatives explored" "Other services explored before mentoring was asked for, in an IFSP (HRC-009, HRC-010)."
* alternativeServices.service 0..1 code "Service" "Service explored."
* alternativeServices.service from $VS_alternative_service (required)
* alternativeServices.exploredOn 0..1 date "Explored on" "Day it was explored."
* alternativeServices.explanation 0..1 string "Why not" "Why it is not appropriate or not sufficient for the child."
* dischargePlan 0..1 BackboneElement "Discharge plan" "How the service will end (HRC-032, HRC-033)."
* dischargePlan.criteria 0..1 string "Criteria" "What has to be reached to end."
* dischargePlan.skillGeneralization 0..1 string "Skills afterwards" "How the youth will use the new skills in daily life once services end."
* dischargePlan.naturalSupports 0..* string "Natural supports" "Who or what will support the youth afterwards."
* dischargePlan.plannedDate 0..1 date "Planned for" "Day the service is planned to end."
* goals 0..* BackboneElement "Goals" "Goals of this plan."
* goals.id 1..1
* goals.id ^short = "Your id of this goal"
* goals.description 1..1 string "Goal" "The goal in the youth's words."
* goals.status 1..1 code "Status" "State of the goal."
* goals.status from $VS_record_goal_status (required)
* goals.achievement 0..1 code "Achievement" "How far it has been reached."
* goals.achievement from $VS_record_goal_achievement (required)
* goals.statusDate 0..1 date "Status since" "Day of the latest status or achievement (HRC-018)."
* goals.start 0..1 date "From" "Day work on it begins (HRC-017)."
* goals.skills 0..* code "Skills" "Skills to be built (CYS-014, HRC-013)."
* goals.skills from $VS_skill (required)
* goals.needDomains 0..* code "Need domains" "Daily living, social or communication (CYS-012)."
* goals.needDomains from $VS_need_domain (required)
* goals.lifeAreas 0..* code "Life areas" "Connecticut's major life areas (CTD-017)."
* goals.lifeAreas from $VS_life_area (required)
* goals.outcomeDomains 0..* code "Outcome domains" "Home, community, career, peer or education (CTD-018)."
* goals.outcomeDomains from $VS_outcome_domain (required)
* goals.outcomes 0..* code "Outcomes" "Outcomes by which it is tracked."
* goals.outcomes from $VS_outcome (required)
* goals.measure 0..1 string "Measure" "What is measured (HRC-014)."
* goals.targetValue 0..1 decimal "Target value" "The value to reach (HRC-014)."
* goals.targetComparator 0..1 code "Target comparator" "Less, at most, at least or more than the target value."
* goals.targetComparator from $VS_record_target_comparator (required)
* goals.targetUnit 0..1 string "Unit" "Unit of target and baseline, such as incidents per week."
* goals.targetText 0..1 string "Target in words" "The target, where it is not a number."
* goals.due 0..1 date "Due" "Day by which it is to be reached (HRC-017)."
* goals.achievable 0..1 boolean "Achievable" "The team attests that the goal can be reached in time (HRC-015)."
* goals.baselineValue 0..1 decimal "Baseline value" "The value at the start (HRC-015)."
* goals.baselineText 0..1 string "Baseline in words" "Where the youth starts from."
* goals.diagnosisIds 0..* string "Relevant to" "Ids of diagnosis records the goal addresses (HRC-016)."
* goals.expressedBy 0..1 code "Whose wish" "Who put the goal into words."
* goals.expressedBy from $VS_record_expressed_by (required)
* goals.ifspGoalId 0..1 string "IFSP goal" "Id of the IFSP or service plan goal it agrees with (HRC-019, CTD-022)."
* goals.remarks 0..1 string "Remarks" "Anything else about the goal."
* otherGoalIds 0..* string "Goals of other plans" "Ids of goals written in other plans that this plan works on too."
* obeys rec-period and rec-plan-frequency and rec-plan-expressed-by and rec-goal-target and rec-goal-target-unit
