Instance: example-guardian
InstanceOf: TmGuardian
Usage: #example
Title: "Mother of the youth in Massachusetts"
* active = true
* patient = Reference(example-youth)
* relationship = $v3-RoleCode#MTH "mother"
* name.family = "Reyes"
* name.given = "Ana"
* telecom.system = #phone
* telecom.value = "+1 413 555 0143"
* telecom.use = #mobile
* insert AtAddress(18 Maple Court, Springfield, MA, 01108)
* communication.language = urn:ietf:bcp:47#es "Spanish"
* communication.preferred = true
