Instance: example-care-team
InstanceOf: TmCareTeam
Usage: #example
Title: "Care team of the youth in Massachusetts"
* meta.tag = TmProgramCodes#masshealth-cbhi
* extension[match].extension[mentor].valueReference = Reference(example-mentor-role)
* extension[match].extension[matchedOn].valueDate = "2025-03-24"
* extension[match].extension[youthAgreed].valueBoolean = true
* extension[match].extension[guardianAgreed].valueBoolean = true
* status = #active
* subject = Reference(example-youth)
* period.start = "2025-03-17"
* participant[+].role = TmStaffRoleCodes#therapeutic-mentor "Therapeutic mentor"
* participant[=].member = Reference(example-mentor-role)
* participant[=].period.start = "2025-03-24"
* participant[+].role = TmStaffRoleCodes#licensed-clinician "Licensed clinician on the team"
* participant[=].member = Reference(example-team-role-hub-clinician)
* participant[+].role = TmStaffRoleCodes#guardian "Parent/guardian"
* participant[=].member = Reference(example-guardian)
* managingOrganization = Reference(example-organization)
