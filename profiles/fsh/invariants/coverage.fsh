// Structure of a Coverage.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-cov-1
Description: "A coverage names the member: an identifier of type MB, or the subscriber id."
Severity: #error
Expression: "identifier.type.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v2-0203' and code = 'MB').exists() or subscriberId.exists()"
* requirements = "STR-011: A coverage names the member: an identifier of type MB, or the subscriber id."
