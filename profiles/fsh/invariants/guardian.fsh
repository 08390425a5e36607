// Structure of a RelatedPerson.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-rel-1
Description: "A guardian or family member has a name or a relationship to the youth."
Severity: #error
Expression: "name.exists() or relationship.exists()"
* requirements = "STR-010: A guardian or family member has a name or a relationship to the youth."
