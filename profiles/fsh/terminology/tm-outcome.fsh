CodeSystem: TmOutcomeCodes
Id: tm-outcome
Title: "Outcome"
Description: "The outcomes that programs measure."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #wellness-recovery-participation "Participates in recommended wellness/recovery activities"
* #empowerment "Youth empowerment"
* #school-or-employed "In school or employed"
* #juvenile-justice-involvement "Juvenile justice involvement / recidivism"
* #resilience "Resilience"
* #positive-behavior-change "Positive behavioral change"
* #quality-of-life "Quality of life"
* #family-dynamics "Family relationships"
* #social-skills "Social skills / interaction"
* #coping "Coping"
* #self-confidence "Self-confidence / self-esteem"
* #academic-performance "Academic performance"
* #social-connection "Belonging, social connection"
* #independence "Independence"
* #relationship-trust "Trusting mentor relationship"
* #youth-feels-heard "Youth feels heard and valued"
* #maintained-in-community "Maintained at home / in community"
* #transition-readiness "Ready for adulthood"
* #natural-support-connected "Connected to a natural community support"

ValueSet: TmOutcomeValueSet
Id: tm-outcome
Title: "Outcome"
Description: "The outcomes that programs measure."
* insert ShareableTerminology
* include codes from system TmOutcomeCodes
