// Rules judged on one EpisodeOfCare. The discharge of a hub service is not ours to explain.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-ep-1
Description: "A finished episode records why it ended and where the youth lives."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-hub-service').empty()) implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-discharge').extension.where(url = 'reason').exists() and period.end.exists())"
* requirements = "CTD-025: A finished episode records why it ended and where the youth lives."

Invariant: tm-ctd-ep-1
Description: "Goal: identification of, and lasting affiliation with, community activities during service and after it ends, e.g. a hobby/interest/skill and a formal tie to one or more natural community supports."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-hub-service').empty()) implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-natural-support').where(extension.where(url = 'formallyConnectedOn').exists()).exists()"
* requirements = "CTD-021: Goal: identification of, and lasting affiliation with, community activities during service and after it ends, e.g. a hobby/interest/skill and a formal tie to one or more natural community supports."
