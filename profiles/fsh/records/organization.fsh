Logical: MentoringOrganization
Id: mentoring-organization
Title: "Organization record"
Description: "The agency itself, with its contract attestation, and the organizations around it: payers, hub providers, referrers, schools. Becomes an Organization and, for an agency, a HealthcareService."
* insert RecordId(this organization)
* kind 1..1 code "What it is" "Part the organization plays."
* kind from $VS_organization_kind (required)
* name 1..1 string "Name" "Name by which partners know it."
* npi 0..1 string "NPI" "National Provider Identifier, ten digits."
* taxId 0..1 string "Tax id" "Federal employer identification number."
* identifiers 0..* BackboneElement "Other identifiers" "Identifiers that others issued."
* insert IdentifierFields(identifiers)
* phone 0..1 string "Telephone" "Main telephone number."
* email 0..1 string "E-mail" "Main e-mail address."
* address 0..1 BackboneElement "Address" "Where it is."
* insert AddressFields(address)
* programs 0..* code "Programs served" "Programs under which the agency offers therapeutic mentoring."
* programs from $VS_program (required)
* contractAttestedOn 0..1 date "Contract attested on" "Day on which the agency attested that it can provide therapeutic interventions for individualized goals (HRC-029)."
* obeys rec-npi
