Instance: example-mentor
InstanceOf: TmMentor
Usage: #example
Title: "Mentor"
* identifier[+].system = $us-npi
* identifier[=].value = "1679576722"
* identifier[+].system = "https://riverbend.example.org/ids/staff"
* identifier[=].value = "S-31"
* active = true
* name.family = "Okafor"
* name.given = "Daniel"
* telecom.system = #email
* telecom.value = "d.okafor@riverbend.example.org"
* qualification.code = $v2-0360#BS "Bachelor of Science"
* qualification.code.text = "Bachelor of Science in Human Services"
* qualification.period.start = "2019-05-18"
* qualification.issuer.display = "Westfield State University"

Instance: example-mentor-supervisor
InstanceOf: TmMentor
Usage: #example
Title: "Supervisor"
* identifier.system = "https://riverbend.example.org/ids/staff"
* identifier.value = "S-04"
* active = true
* name.family = "Feldman"
* name.given = "Ruth"
* qualification.identifier.system = "https://licensing.example.gov/social-work"
* qualification.identifier.value = "LICSW-11873"
* qualification.code = TmLicenseCodes#LICSW "Licensed independent clinical social worker"
* qualification.period.start = "2018-07-01"
* qualification.period.end = "2027-06-30"
* qualification.issuer.display = "Board of Registration of Social Workers"

Instance: example-mentor-role
InstanceOf: TmMentorRole
Usage: #example
Title: "Role of the mentor"
* extension[supervisor].valueReference = Reference(example-supervisor-role)
* extension[experienceWithYouth].valueDecimal = 5.5
* extension[adult].valueBoolean = true
* extension[credential][+].extension[kind].valueCode = #training
* extension[credential][=].extension[code].valueCodeableConcept = TmTrainingTopicCodes#therapeutic-mentoring-core
* extension[credential][=].extension[issued].valueDate = "2024-09-30"
* insert Competency(motivational-engagement)
* active = true
* practitioner = Reference(example-mentor)
* organization = Reference(example-organization)
* code[mentor] = TmStaffRoleCodes#therapeutic-mentor "Therapeutic mentor"
* insert WorkEmail(d.okafor@riverbend.example.org)

Instance: example-mentor-role-state-cys
InstanceOf: TmMentorRoleStateCys
Usage: #example
Title: "Role of a mentor with every credential the state definition asks for"
* extension[supervisor].valueReference = Reference(example-supervisor-role)
* extension[experienceWithYouth].valueDecimal = 5.5
* extension[adult].valueBoolean = true
* extension[credential][+].extension[kind].valueCode = #degree
* extension[credential][=].extension[code].valueCodeableConcept = $v2-0360#BS "Bachelor of Science"
* extension[credential][=].extension[field].valueCode = #human-services
* extension[credential][=].extension[issued].valueDate = "2019-05-18"
* extension[credential][=].extension[issuer].valueString = "Westfield State University"
* extension[credential][+].extension[kind].valueCode = #training
* extension[credential][=].extension[code].valueCodeableConcept = TmTrainingTopicCodes#therapeutic-mentoring-core
* extension[credential][=].extension[issued].valueDate = "2024-09-30"
* extension[credential][+].extension[kind].valueCode = #background-check
* extension[credential][=].extension[code].valueCodeableConcept = TmBackgroundCheckCodes#criminal-history
* extension[credential][=].extension[issued].valueDate = "2024-09-12"
* extension[credential][=].extension[result].valueCode = #cleared
* insert Competency(delivery-systems-knowledge)
* insert Competency(child-mh-sud-knowledge)
* insert Competency(collaboration-negotiation)
* insert Competency(motivational-engagement)
* insert Competency(child-development)
* insert Competency(consumer-rights)
* insert Competency(technological-supports)
* active = true
* period.start = "2024-10-01"
* practitioner = Reference(example-mentor)
* organization = Reference(example-organization)
* code[mentor] = TmStaffRoleCodes#therapeutic-mentor "Therapeutic mentor"
* insert WorkEmail(d.okafor@riverbend.example.org)

Instance: example-mentor-role-ct-dcf-tss
InstanceOf: TmMentorRoleCtDcfTss
Usage: #example
Title: "Role of a trained mentor in Connecticut"
* extension[supervisor].valueReference = Reference(example-supervisor-role)
* extension[experienceWithYouth].valueDecimal = 3
* extension[adult].valueBoolean = true
* extension[credential][+].extension[kind].valueCode = #training
* extension[credential][=].extension[code].valueCodeableConcept = TmTrainingTopicCodes#child-youth-development
* extension[credential][=].extension[issued].valueDate = "2024-11-15"
* active = true
* practitioner = Reference(example-mentor)
* organization = Reference(example-organization)
* code[mentor] = TmStaffRoleCodes#therapeutic-mentor "Therapeutic mentor"
* insert WorkEmail(d.okafor@riverbend.example.org)

Instance: example-supervisor-role
InstanceOf: TmSupervisorRole
Usage: #example
Title: "Role of the supervisor"
* extension[credential][+].extension[kind].valueCode = #degree
* extension[credential][=].extension[code].valueCodeableConcept = TmDegreeCodes#MSW "Master of Social Work"
* extension[credential][=].extension[field].valueCode = #mental-health
* extension[credential][=].extension[issued].valueDate = "2014-05-20"
* extension[credential][+].extension[kind].valueCode = #license
* extension[credential][=].extension[code].valueCodeableConcept = TmLicenseCodes#LICSW
* extension[credential][=].extension[field].valueCode = #mental-health
* extension[credential][=].extension[number].valueString = "LICSW-11873"
* extension[credential][=].extension[issued].valueDate = "2018-07-01"
* extension[credential][=].extension[expires].valueDate = "2027-06-30"
* active = true
* practitioner = Reference(example-mentor-supervisor)
* organization = Reference(example-organization)
* code[supervisor] = TmStaffRoleCodes#clinical-supervisor "Supervisor: licensed, master's"
* insert WorkEmail(r.feldman@riverbend.example.org)

Instance: example-team-role
InstanceOf: TmTeamRole
Usage: #example
Title: "CSA case manager"
* active = true
* practitioner.display = "Priya Raman"
* organization = Reference(example-organization-referrer)
* code = TmStaffRoleCodes#case-manager "CSA case manager"
* insert WorkEmail(p.raman@csa.example.org)

Instance: example-team-role-hub-clinician
InstanceOf: TmTeamRole
Usage: #example
Title: "In-home therapist"
* active = true
* practitioner.display = "Karen Osei, LMHC"
* organization = Reference(example-organization-hub-provider)
* code[+] = TmStaffRoleCodes#hub-clinician "Hub provider clinician"
* code[+] = TmStaffRoleCodes#licensed-clinician "Licensed clinician on the team"
* insert WorkEmail(k.osei@pioneer.example.org)
