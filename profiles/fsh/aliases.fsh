// Systems of others, used by several files.

Alias: $cdc-race = urn:oid:2.16.840.1.113883.6.238
Alias: $icd-10-cm = http://hl7.org/fhir/sid/icd-10-cm
Alias: $loinc = http://loinc.org
Alias: $ucum = http://unitsofmeasure.org
Alias: $us-npi = http://hl7.org/fhir/sid/us-npi
Alias: $v2-0203 = http://terminology.hl7.org/CodeSystem/v2-0203
Alias: $v2-0360 = http://terminology.hl7.org/CodeSystem/v2-0360
Alias: $v3-ActCode = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $v3-NullFlavor = http://terminology.hl7.org/CodeSystem/v3-NullFlavor
Alias: $v3-ParticipationType = http://terminology.hl7.org/CodeSystem/v3-ParticipationType
Alias: $v3-RoleCode = http://terminology.hl7.org/CodeSystem/v3-RoleCode
