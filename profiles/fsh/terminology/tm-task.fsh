CodeSystem: TmTaskCodes
Id: tm-task
Title: "Task"
Description: "What a task asks for."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #fulfill-referral "Fulfill a mentoring referral"
* #review-progress-report "Review a progress report"

ValueSet: TmTaskValueSet
Id: tm-task
Title: "Task"
Description: "What a task asks for."
* insert ShareableTerminology
* include codes from system TmTaskCodes
