// Rules judged on one Claim.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-claim-1
Description: "A billed line names procedure, date, place, units (whole, > 0), diagnosis pointer, rendering person and the encounter it bills."
Severity: #error
Expression: "item.all(productOrService.coding.exists() and serviced.exists() and location.exists() and quantity.value > 0 and (quantity.value.toString().matches('^[0-9]+$')) and diagnosisSequence.exists() and careTeamSequence.exists() and encounter.exists())"
* requirements = "STR-003: A billed line names procedure, date, place, units (whole, > 0), diagnosis pointer, rendering person and the encounter it bills."
