Extension: TmGoalBaseline
Id: tm-goal-baseline
Title: "Goal baseline"
Description: "Where the youth stood when the goal was set (HRC-015)."
Context: Goal
* value[x] 1..1
* value[x] only Quantity or string
