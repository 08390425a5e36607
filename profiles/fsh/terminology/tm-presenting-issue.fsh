CodeSystem: TmPresentingIssueCodes
Id: tm-presenting-issue
Title: "Presenting issue"
Description: "What brings a youth to mentoring, in the words referrers use."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #youth-mental-health "Youth mental health"
* #behavioral-health "Behavioral health"
* #social-skills "Social skills development"
* #behavioral-issues "Behavioral issues"
* #low-self-esteem "Low self-esteem"
* #school-stress "School-related stress"
* #disengagement "Disengaged youth"
* #trauma "Trauma experience"
* #trust-issues "Trust issues"

ValueSet: TmPresentingIssueValueSet
Id: tm-presenting-issue
Title: "Presenting issue"
Description: "What brings a youth to mentoring, in the words referrers use."
* insert ShareableTerminology
* include codes from system TmPresentingIssueCodes
