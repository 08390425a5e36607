Extension: TmGoalAchievable
Id: tm-goal-achievable
Title: "Goal achievable"
Description: "Attests that the goal is within reach of the youth (HRC-015)."
Context: Goal
* value[x] 1..1
* value[x] only boolean
