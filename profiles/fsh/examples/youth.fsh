Instance: example-youth
InstanceOf: TmYouth
Usage: #example
Title: "Youth in Massachusetts"
* meta.tag = TmProgramCodes#masshealth-cbhi
* extension[+].url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
* extension[=].extension[+].url = "ombCategory"
* extension[=].extension[=].valueCoding = $v3-NullFlavor#ASKU "asked but unknown"
* extension[=].extension[+].url = "text"
* extension[=].extension[=].valueString = "Asked but unknown"
* extension[+].url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity"
* extension[=].extension[+].url = "ombCategory"
* extension[=].extension[=].valueCoding = $cdc-race#2135-2 "Hispanic or Latino"
* extension[=].extension[+].url = "text"
* extension[=].extension[=].valueString = "Puerto Rican"
* identifier[+].system = "https://riverbend.example.org/ids/youth"
* identifier[=].value = "Y-1042"
* identifier[+].type = $v2-0203#MB "Member Number"
* identifier[=].system = "https://masshealth.example.org/members"
* identifier[=].value = "100200300400"
* active = true
* name.use = #official
* name.family = "Reyes"
* name.given[+] = "Sofia"
* name.given[+] = "Marisol"
* telecom.system = #phone
* telecom.value = "+1 413 555 0142"
* telecom.use = #home
* gender = #female
* birthDate = "2012-11-04"
* insert AtAddress(18 Maple Court, Springfield, MA, 01108)
* communication.language = urn:ietf:bcp:47#es "Spanish"
* communication.preferred = true
* managingOrganization = Reference(example-organization)

Instance: example-youth-state-cys
InstanceOf: TmYouth
Usage: #example
Title: "Youth under the state definition"
* meta.tag = TmProgramCodes#state-cys
* identifier.system = "https://riverbend.example.org/ids/youth"
* identifier.value = "Y-1077"
* active = true
* name.family = "Whitfield"
* name.given = "Jaylen"
* gender = #male
* birthDate = "2008-02-19"
* insert AtAddress(7 Orchard Street, Springfield, MA, 01109)
* managingOrganization = Reference(example-organization)

Instance: example-youth-va-hr-csa
InstanceOf: TmYouth
Usage: #example
Title: "Youth in Virginia"
* meta.tag = TmProgramCodes#va-hr-csa
* identifier.system = "https://riverbend.example.org/ids/youth"
* identifier.value = "Y-1090"
* active = true
* name.family = "Bell"
* name.given = "Marcus"
* gender = #male
* birthDate = "2011-07-30"
* insert AtAddress(220 Liberty Street, Harrisonburg, VA, 22802)
* managingOrganization = Reference(example-organization)

Instance: example-youth-ct-dcf-tss
InstanceOf: TmYouth
Usage: #example
Title: "Youth in Connecticut"
* meta.tag = TmProgramCodes#ct-dcf-tss
* identifier.system = "https://riverbend.example.org/ids/youth"
* identifier.value = "Y-1101"
* active = true
* name.family = "Novak"
* name.given = "Elena"
* gender = #female
* birthDate = "2009-12-01"
* insert AtAddress(41 Park Terrace, Hartford, CT, 06106)
* managingOrganization = Reference(example-organization)
