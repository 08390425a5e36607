CodeSystem: TmEvidenceBasedPracticeCodes
Id: tm-evidence-based-practice
Title: "Evidence based practice"
Description: "Evidence-based practices used in mentoring."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #motivational-interviewing "Motivational interviewing"
* #strengths-based "Strengths-based approach"
* #problem-solving-skills-training "Problem-solving skills training"
* #other "Other evidence-based practice"

ValueSet: TmEvidenceBasedPracticeValueSet
Id: tm-evidence-based-practice
Title: "Evidence based practice"
Description: "Evidence-based practices used in mentoring."
* insert ShareableTerminology
* include codes from system TmEvidenceBasedPracticeCodes
