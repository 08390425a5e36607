Profile: TmSupervisorRole
Parent: TmTeamRole
Id: tm-supervisor-role
Title: "Supervisor role"
Description: "The role of a licensed supervisor of mentors."
* practitioner 1..1
* insert SlicedByPattern(code)
* code contains supervisor 1..1
* code[supervisor] = TmStaffRoleCodes#clinical-supervisor
* obeys tm-sup-1 and tm-sup-2
