Extension: TmGoalAddressed
Id: tm-goal-addressed
Title: "Goal addressed"
Description: "A goal that the session worked toward (MAH-002)."
Context: Encounter
* value[x] 1..1
* value[x] only Reference(Goal)
