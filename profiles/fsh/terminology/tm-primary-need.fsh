CodeSystem: TmPrimaryNeedCodes
Id: tm-primary-need
Title: "Primary need"
Description: "What the referral mainly asks for."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #goal-directed-mentoring "Mentoring toward goals"
* #observation-only "Observation only"
* #recreation-or-school-supervision "Supervision during recreation or school"
* #respite "Respite for the caregiver"

ValueSet: TmPrimaryNeedValueSet
Id: tm-primary-need
Title: "Primary need"
Description: "What the referral mainly asks for."
* insert ShareableTerminology
* include codes from system TmPrimaryNeedCodes
