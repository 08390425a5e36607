CodeSystem: TmActivityCodes
Id: tm-activity
Title: "Activity"
Description: "What mentors may do in a session."
* insert ShareableTerminology
* insert CompleteCodeSystem
* ^hierarchyMeaning = #is-a
* #ongoing-monitoring "Ongoing monitoring"
* #ongoing-monitoring #motivational-interviewing "Motivational interviewing"
* #psychosocial-skill-training "Psychosocial skill training"
* #psychosocial-skill-training #skill-training-communication "Skill training: communication"
* #psychosocial-skill-training #skill-training-problem-solving "Skill training: problem solving"
* #psychosocial-skill-training #skill-training-relapse-prevention "Skill training: relapse prevention"
* #psychosocial-skill-training #skill-training-anger-management "Skill training: anger management"
* #psychosocial-skill-training #skill-training-employment "Skill training: employment skills"
* #psychosocial-skill-training #skill-training-job-finding "Skill training: job finding"
* #psychosocial-skill-training #skill-training-daily-living "Skill training: daily living"
* #psychosocial-skill-training #skill-training-social "Skill training: social skills"
* #caregiver-relationship-building "Relationship skill-building and support between adolescent and caregiver"
* #family-strategy-support "Helping the family use the strategies at home"
* #community-linkage "Linkage to community-based recovery supports and wellness activities"
* #transport-to-services "Transporting youth to needed services"
* #coping-self-management "Coping and problem-solving strategies for self-management"
* #supportive-contact "In-person or phone contact to support and encourage engagement in mutual support groups and services"
* #structured-leisure "Structured leisure and recreation based on participant preferences"
* #wellness-plan-assistance "Help with developing, reviewing, updating a Wellness/Recovery Action Plan"
* #service-navigation "Identifying needed services and navigating social service systems"
* #advocacy-liaison "Advocate/liaison at court, child welfare, trauma-sensitive environments"
* #creative-learning "Creative learning experience toward a goal"
* #career-exploration "Identify career options"
* #education-planning "Evaluate educational alternatives"
* #natural-support-building "Building ties to natural community supports"
* #care-coordination "Coordination with other professionals, school, community services"

ValueSet: TmActivityValueSet
Id: tm-activity
Title: "Activity"
Description: "What mentors may do in a session."
* insert ShareableTerminology
* include codes from system TmActivityCodes
