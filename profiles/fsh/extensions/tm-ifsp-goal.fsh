Extension: TmIfspGoal
Id: tm-ifsp-goal
Title: "IFSP goal"
Description: "The goal of the family services plan that this goal, or a goal of this plan, carries out (HRC-019)."
Context: CarePlan, Goal
* value[x] 1..1
* value[x] only Reference(Goal)
