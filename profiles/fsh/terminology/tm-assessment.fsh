CodeSystem: TmAssessmentCodes
Id: tm-assessment
Title: "Assessment"
Description: "Assessments that programs ask for at referral."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #cans "Child and Adolescent Needs and Strengths (CANS)"
* #comprehensive-assessment "Comprehensive assessment"

ValueSet: TmAssessmentValueSet
Id: tm-assessment
Title: "Assessment"
Description: "Assessments that programs ask for at referral."
* insert ShareableTerminology
* include codes from system TmAssessmentCodes
