// Rules of Harrisonburg-Rockingham CSA judged on one ServiceRequest.
// Dates of different precision are compared as ISO strings: `date <= dateTime` of the same day is empty in FHIRPath.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-hrc-sr-1
Description: "Mentoring is not a permanent service: every authorization has an end date."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (occurrence.ofType(Period).where(start.exists() and end.exists()).exists())"
* requirements = "HRC-005: Mentoring is not a permanent service: every authorization has an end date."

Invariant: tm-hrc-sr-2
Description: "Discharge planning is discussed with parent(s)/guardian(s), the child and the provider during the first discussions."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or ((extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-authorization-sequence').value > 1) or extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-discharge-planning-discussion').where(extension.where(url = 'participant').where(value = 'guardian').exists() and extension.where(url = 'participant').where(value = 'child').exists() and extension.where(url = 'participant').where(value = 'provider').exists() and extension.where(url = 'date').exists()).exists())"
* requirements = "HRC-006: Discharge planning is discussed with parent(s)/guardian(s), the child and the provider during the first discussions."

Invariant: tm-hrc-sr-3
Description: "That discussion happens before or at the start of service."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-discharge-planning-discussion').all(extension.where(url = 'date').value.toString() <= %context.occurrence.ofType(Period).start.toString().substring(0,10)))"
* requirements = "HRC-007: That discussion happens before or at the start of service."

Invariant: tm-hrc-sr-4
Description: "The request includes at least one goal."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (supportingInfo.where(reference.contains('Goal/') or type = 'Goal').exists())"
* requirements = "HRC-011: The request includes at least one goal."

Invariant: tm-hrc-sr-5
Description: "Approved amount is at most 15 hours per month."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (quantity.ofType(Ratio).exists() and quantity.ofType(Ratio).all(numerator.code = 'h' and denominator.code = 'mo' and denominator.value = 1 and numerator.value <= 15))"
* requirements = "HRC-021: Approved amount is at most 15 hours per month."

Invariant: tm-hrc-sr-6
Description: "An approval lasts up to six months."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (occurrence.ofType(Period).all(end < start + 6 months))"
* requirements = "HRC-023: An approval lasts up to six months."

Invariant: tm-hrc-sr-7
Description: "To go on after six months the case manager and the provider present to FAPT, and FAPT approves."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or ((status = 'active' and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-authorization-sequence').value = 2) implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-approval').where(extension.where(url = 'body').value = 'FAPT' and extension.where(url = 'decision').value = 'approved' and extension.where(url = 'attendee').where(value = 'case-manager').exists() and extension.where(url = 'attendee').where(value = 'provider').exists()).exists())"
* requirements = "HRC-024: To go on after six months the case manager and the provider present to FAPT, and FAPT approves."

Invariant: tm-hrc-sr-8
Description: "After the first extension expires (12 months) the case manager and the provider present to CPMT, and CPMT approves, to continue."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or ((status = 'active' and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-authorization-sequence').value >= 3) implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-approval').where(extension.where(url = 'body').value = 'CPMT' and extension.where(url = 'decision').value = 'approved' and extension.where(url = 'attendee').where(value = 'case-manager').exists() and extension.where(url = 'attendee').where(value = 'provider').exists()).exists())"
* requirements = "HRC-027: After the first extension expires (12 months) the case manager and the provider present to CPMT, and CPMT approves, to continue."

Invariant: tm-hrc-sr-9
Description: "At the FAPT extension review the original goals are reviewed and it is stated whether services are effective for them."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or ((status = 'active' and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-authorization-sequence').value >= 2) implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-approval').where(extension.where(url = 'goalReviewed').exists() and extension.where(url = 'effective').exists()).exists())"
* requirements = "HRC-028: At the FAPT extension review the original goals are reviewed and it is stated whether services are effective for them."
