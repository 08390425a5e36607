// An excluded activity is a fact that must be recordable, so that rule CYS-048 can judge it.

ValueSet: TmActivityRecordedValueSet
Id: tm-activity-recorded
Title: "Activity recorded"
Description: "The activities of mentoring and those it excludes: everything a mentor may have done in a session."
* insert ShareableTerminology
* include codes from valueset TmActivityValueSet
* include codes from valueset TmExcludedActivityValueSet
