// Structure of an outcome Observation.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-obs-1
Description: "An outcome is categorized as survey or social history."
Severity: #error
Expression: "category.coding.where(system = 'http://terminology.hl7.org/CodeSystem/observation-category' and (code = 'survey' or code = 'social-history')).exists()"
* requirements = "STR-013: An outcome is categorized as survey or social history."

Invariant: tm-obs-2
Description: "An outcome has a value, components or members, or says why it has none."
Severity: #error
Expression: "(component.empty() and hasMember.empty()) implies (dataAbsentReason.exists() or value.exists())"
* requirements = "STR-014: An outcome has a value, components or members, or says why it has none."

Invariant: tm-obs-3
Description: "The date of an outcome is known at least to the day."
Severity: #error
Expression: "effective.ofType(dateTime).all($this.toString().length() >= 10)"
* requirements = "STR-015: The date of an outcome is known at least to the day."

Invariant: tm-obs-4
Description: "School or employment is answered with a code of tm-school-employment-status, or with the reason why not."
Severity: #error
Expression: "code.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-outcome' and code = 'school-or-employed').exists() implies (value.ofType(CodeableConcept).coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-school-employment-status').exists() or dataAbsentReason.exists())"
* requirements = "STR-016: School or employment is answered with a code of tm-school-employment-status, or with the reason why not."
