Instance: example-claim
InstanceOf: TmClaim
Usage: #example
Title: "Claim for one session"
* meta.tag = TmProgramCodes#masshealth-cbhi
* identifier.system = "https://riverbend.example.org/ids/claim"
* identifier.value = "C-2025-0419"
* status = #active
* patient = Reference(example-youth)
* billablePeriod.start = "2025-04-01"
* billablePeriod.end = "2025-04-01"
* created = "2025-04-05"
* insurer = Reference(example-organization-payer)
* provider = Reference(example-organization)
* priority = $process-priority#normal
* referral = Reference(example-referral-masshealth-cbhi)
* careTeam[+].sequence = 1
* careTeam[=].provider = Reference(example-mentor-role)
* careTeam[=].role = $claim-care-team-role#primary
* careTeam[+].sequence = 2
* careTeam[=].provider = Reference(example-supervisor-role)
* careTeam[=].role = $claim-care-team-role#supervisor
* diagnosis.sequence = 1
* diagnosis.diagnosisCodeableConcept = $icd-10-cm#F43.10
* insurance.sequence = 1
* insurance.focal = true
* insurance.coverage = Reference(example-coverage)
* item.sequence = 1
* item.careTeamSequence[+] = 1
* item.careTeamSequence[+] = 2
* item.diagnosisSequence = 1
* item.productOrService = $hcpcs#T1027
* item.modifier = $hcpcs#EP
* item.servicedDate = "2025-04-01"
* item.locationCodeableConcept = $place-of-service#99
* item.quantity.value = 8
* item.encounter = Reference(example-session-masshealth-cbhi)
