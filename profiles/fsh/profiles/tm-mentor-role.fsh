Profile: TmMentorRole
Parent: TmTeamRole
Id: tm-mentor-role
Title: "Mentor role"
Description: "The role of a therapeutic mentor, with the credentials by which it is judged."
* practitioner 1..1
* insert SlicedByPattern(code)
* code contains mentor 1..1
* code[mentor] = TmStaffRoleCodes#therapeutic-mentor
* obeys tm-role-4 and tm-role-6 and tm-role-7
