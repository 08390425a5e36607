// Rules judged on one DocumentReference.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-note-1
Description: "The note shows how the activities support the treatment plan."
Severity: #error
Expression: "context.related.where(reference.contains('Goal/') or reference.contains('CarePlan/') or type = 'Goal' or type = 'CarePlan').exists() and description.exists()"
* requirements = "CYS-052: The note shows how the activities support the treatment plan."

Invariant: tm-note-2
Description: "The note identifies contact, author and date."
Severity: #error
Expression: "context.encounter.exists() and author.exists() and date.exists()"
* requirements = "CYS-054: The note identifies contact, author and date."

Invariant: tm-hrc-rep-1
Description: "Those goals are documented in the provider's progress reports."
Severity: #error
Expression: "context.related.where(reference.contains('Goal/') or type = 'Goal').exists()"
* requirements = "HRC-020: Those goals are documented in the provider's progress reports."

Invariant: tm-hrc-rep-2
Description: "A progress report names its recipient, author, date and period."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-recipient').exists() and author.exists() and date.exists() and context.period.start.exists() and context.period.end.exists()"
* requirements = "HRC-035: A progress report names its recipient, author, date and period."

Invariant: tm-doc-1
Description: "A document has a LOINC type, or says that its type is unknown."
Severity: #error
Expression: "type.coding.where(system = 'http://loinc.org' or (system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor' and code = 'UNK')).exists()"
* requirements = "STR-006: A document has a LOINC type, or says that its type is unknown."

Invariant: tm-doc-2
Description: "A document has its content, or an address where it can be read."
Severity: #error
Expression: "url.exists() or data.exists()"
* requirements = "STR-007: A document has its content, or an address where it can be read."
