CodeSystem: TmStaffRoleCodes
Id: tm-staff-role
Title: "Staff role"
Description: "The roles of people around a mentored youth."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #therapeutic-mentor "Therapeutic mentor"
* #clinical-supervisor "Supervisor: licensed, master's"
* #licensed-clinician "Licensed clinician on the team"
* #hub-clinician "Hub provider clinician"
* #case-manager "CSA case manager"
* #family-member "Family member"
* #guardian "Parent/guardian"
* #school-contact "School contact"
* #community-service "Community service"
* #probation-officer "Juvenile justice contact"

ValueSet: TmStaffRoleValueSet
Id: tm-staff-role
Title: "Staff role"
Description: "The roles of people around a mentored youth."
* insert ShareableTerminology
* include codes from system TmStaffRoleCodes
