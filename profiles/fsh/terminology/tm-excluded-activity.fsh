CodeSystem: TmExcludedActivityCodes
Id: tm-excluded-activity
Title: "Excluded activity"
Description: "What mentoring does not include. The codes exist so that such an activity can be recorded and judged."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #diagnosis "Diagnosis of MH/SUD"
* #clinical-therapy "Clinical therapeutic services"
* #self-capable-task "A service the youth or family can do for themselves"
* #observation-only "Pure observation or management during sport, school, recreation; respite"

ValueSet: TmExcludedActivityValueSet
Id: tm-excluded-activity
Title: "Excluded activity"
Description: "What mentoring does not include. The codes exist so that such an activity can be recorded and judged."
* insert ShareableTerminology
* include codes from system TmExcludedActivityCodes
