Profile: TmGoalSmart
Parent: TmGoal
Id: tm-goal-smart
Title: "SMART goal"
Description: "A goal that is specific, measurable, achievable, relevant and time-bound."
* obeys tm-goal-s and tm-goal-m and tm-goal-a and tm-goal-r and tm-goal-t
