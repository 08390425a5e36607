ValueSet: TmOutcomeOrAssessmentValueSet
Id: tm-outcome-or-assessment
Title: "Outcome or assessment"
Description: "What an outcome observation can be about: an outcome, or the score of an assessment."
* insert ShareableTerminology
* include codes from valueset TmOutcomeValueSet
* include codes from valueset TmAssessmentValueSet
