Instance: example-organization
InstanceOf: TmOrganization
Usage: #example
Title: "Mentoring agency"
* extension[contractAttestation].valueDate = "2025-04-25"
* identifier.system = $us-npi
* identifier.value = "1234567893"
* active = true
* type[kind] = TmOrganizationKindCodes#agency
* name = "Riverbend Youth Services"
* telecom.system = #phone
* telecom.value = "+1 413 555 0100"
* address.line = "90 Canal Road"
* address.city = "Springfield"
* address.state = "MA"
* address.postalCode = "01103"

Instance: example-organization-payer
InstanceOf: TmOrganization
Usage: #example
Title: "Payer"
* identifier.system = "https://masshealth.example.org/payers"
* identifier.value = "MASSHEALTH"
* active = true
* type[kind] = TmOrganizationKindCodes#payer
* name = "MassHealth (example)"

Instance: example-organization-hub-provider
InstanceOf: TmOrganization
Usage: #example
Title: "Provider of in-home therapy"
* active = true
* type[kind] = TmOrganizationKindCodes#hub-provider
* name = "Pioneer Family Partners"

Instance: example-organization-referrer
InstanceOf: TmOrganization
Usage: #example
Title: "CSA office"
* active = true
* type[kind][+] = TmOrganizationKindCodes#referrer
* type[kind][+] = TmOrganizationKindCodes#payer
* name = "Harrisonburg-Rockingham CSA (example)"
