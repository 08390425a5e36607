Profile: TmGoalCtDcfTss
Parent: TmGoal
Id: tm-goal-ct-dcf-tss
Title: "Mentoring goal, Connecticut DCF"
Description: "A goal in one of the three major life areas."
* obeys tm-ctd-goal-1
