// Rules judged on one Patient.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-pat-1
Description: "Birth date is known to the day (needed by the age rule)."
Severity: #error
Expression: "birthDate.exists() and birthDate.toString().length() = 10"
* requirements = "MAH-016: Birth date is known to the day (needed by the age rule)."

Invariant: tm-pat-2
Description: "A name has a family or given part, or says why it is absent."
Severity: #error
Expression: "(family.exists() or given.exists()) xor extension.where(url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason').exists()"
* requirements = "STR-008: A name has a family or given part, or says why it is absent."
