CodeSystem: TmSkillCodes
Id: tm-skill
Title: "Skill"
Description: "The skills a mentoring goal builds."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #age-appropriate-behavior "Age-appropriate behaviors"
* #interpersonal-communication "Interpersonal communication"
* #problem-solving-conflict-resolution "Problem-solving and conflict resolution"
* #recovery-management "Managing and actively participating in recovery"
* #relating-to-others "Relating appropriately to other youth and adults in recreation and social activities"
* #social-skills "Social skills"
* #interpersonal-skills "Interpersonal skills"
* #problem-solving-strategies "Problem-solving strategies"
* #daily-living-skills "Daily living skills"
* #perceived-competency "Perceived competency"
* #positive-peers "Finding and engaging positive peers"
* #positive-family-relationships "Positive family relationships"
* #belonging "A sense of belonging"
* #natural-mentors "Finding and identifying natural mentors"
* #help-seeking "Getting and using help"
* #positive-future-expectations "Positive expectations for the future"
* #self-esteem "Self-esteem"
* #habilitation "Habilitation"
* #resiliency "Psycho-social resiliency"
* #peer-relations "Peer relations"
* #behavior-management "Managing or lessening negative behaviors"
* #community-affiliation "Lasting affiliation with community activities"
* #coping "Coping mechanisms"
* #emotional-self-regulation "Anger management / emotional regulation"
* #relapse-prevention "Relapse prevention"
* #employment-skills "Employment and job-finding skills"
* #transition-to-adulthood "Transition to adulthood"
* #academic "Academic achievement"

ValueSet: TmSkillValueSet
Id: tm-skill
Title: "Skill"
Description: "The skills a mentoring goal builds."
* insert ShareableTerminology
* include codes from system TmSkillCodes
