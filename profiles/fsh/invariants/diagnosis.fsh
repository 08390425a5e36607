// Structure of a Condition.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-cond-1
Description: "A condition is categorized as problem list item, health concern or encounter diagnosis."
Severity: #error
Expression: "category.coding.where((system = 'http://terminology.hl7.org/CodeSystem/condition-category' and (code = 'problem-list-item' or code = 'encounter-diagnosis')) or (system = 'http://hl7.org/fhir/us/core/CodeSystem/condition-category' and code = 'health-concern')).exists()"
* requirements = "STR-017: A condition is categorized as problem list item, health concern or encounter diagnosis."
