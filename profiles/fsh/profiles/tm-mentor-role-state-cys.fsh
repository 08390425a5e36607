Profile: TmMentorRoleStateCys
Parent: TmMentorRole
Id: tm-mentor-role-state-cys
Title: "Mentor role, state children and youth services"
Description: "A mentor with degree, training, background check and the seven competencies."
* obeys tm-role-1 and tm-role-2 and tm-role-3 and tm-role-5
