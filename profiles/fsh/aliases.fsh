// Systems of others, used by several files.

Alias: $cdc-race = urn:oid:2.16.840.1.113883.6.238
Alias: $icd-10-cm = http://hl7.org/fhir/sid/icd-10-cm
Alias: $loinc = http://loinc.org
Alias: $ucum = http://unitsofmeasure.org
Alias: $us-npi = http://hl7.org/fhir/sid/us-npi
Alias: $us-core-document-category = http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category
Alias: $v2-0203 = http://terminology.hl7.org/CodeSystem/v2-0203
Alias: $v2-0360 = http://terminology.hl7.org/CodeSystem/v2-0360
Alias: $v3-ActCode = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $v3-NullFlavor = http://terminology.hl7.org/CodeSystem/v3-NullFlavor
Alias: $v3-ParticipationType = http://terminology.hl7.org/CodeSystem/v3-ParticipationType
Alias: $v3-RoleCode = http://terminology.hl7.org/CodeSystem/v3-RoleCode
Alias: $claim-care-team-role = http://terminology.hl7.org/CodeSystem/claimcareteamrole
Alias: $condition-category = http://terminology.hl7.org/CodeSystem/condition-category
Alias: $condition-clinical = http://terminology.hl7.org/CodeSystem/condition-clinical
Alias: $condition-ver-status = http://terminology.hl7.org/CodeSystem/condition-ver-status
Alias: $goal-achievement = http://terminology.hl7.org/CodeSystem/goal-achievement
Alias: $hcpcs = http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets
Alias: $observation-category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $place-of-service = https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set
Alias: $process-priority = http://terminology.hl7.org/CodeSystem/processpriority
Alias: $sopt = https://nahdo.org/sopt
Alias: $subscriber-relationship = http://terminology.hl7.org/CodeSystem/subscriber-relationship
Alias: $task-code = http://hl7.org/fhir/CodeSystem/task-code
