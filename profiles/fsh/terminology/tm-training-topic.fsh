CodeSystem: TmTrainingTopicCodes
Id: tm-training-topic
Title: "Training topic"
Description: "The topics mentors are trained in."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #therapeutic-mentoring-core "Program focused on therapeutic mentoring (entry)"
* #motivational-skills "Motivational skills"
* #service-activities "Service activities"
* #child-youth-development "Child/youth development"
* #mh-sud-signs-symptoms "Signs and symptoms of MH/SUD"
* #relapse-prevention "Relapse prevention"
* #community-resources "Current community resources and access"
* #motivational-interviewing "Motivational interviewing"
* #strengths-based-approaches "Strengths-based approaches"
* #problem-solving "Problem solving"
* #care-coordination "Care coordination"

ValueSet: TmTrainingTopicValueSet
Id: tm-training-topic
Title: "Training topic"
Description: "The topics mentors are trained in."
* insert ShareableTerminology
* include codes from system TmTrainingTopicCodes
