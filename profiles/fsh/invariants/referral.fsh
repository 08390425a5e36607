// Rules judged on one ServiceRequest, drafts included: a draft is a request. A revoked one is not judged.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-sr-1
Description: "Needs are assessed first: the specific goals sought are stated in the request."
Severity: #warning
Expression: "(status = 'revoked' or status = 'entered-in-error') or (supportingInfo.where(reference.contains('Goal/') or type = 'Goal').exists() or orderDetail.exists())"
* requirements = "ESS-024: Needs are assessed first: the specific goals sought are stated in the request."

Invariant: tm-cys-sr-1
Description: "The youth is now in treatment, or has completed treatment, for a mental health and/or substance use disorder."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-treatment-status').value in ('in-treatment' | 'completed-treatment'))"
* requirements = "CYS-001: The youth is now in treatment, or has completed treatment, for a mental health and/or substance use disorder."

Invariant: tm-cys-sr-2
Description: "The treated condition is a mental health disorder, a substance use disorder, or both."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (reasonCode.coding.where(system = 'http://hl7.org/fhir/sid/icd-10-cm' and code.matches('^F[0-9][0-9]')).exists() or reasonReference.exists())"
* requirements = "CYS-002: The treated condition is a mental health disorder, a substance use disorder, or both."

Invariant: tm-mah-sr-1
Description: "There is a specific skill-building goal to reach."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (supportingInfo.where(reference.contains('Goal/') or type = 'Goal').exists())"
* requirements = "MAH-011: There is a specific skill-building goal to reach."

Invariant: tm-mah-sr-2
Description: "A referral can be made only if the child already receives one hub service: Outpatient Therapy, In-Home Therapy or Intensive Care Coordination."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-hub-service').extension.where(url = 'type').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-hub-service' and code in ('outpatient-therapy' | 'in-home-therapy' | 'intensive-care-coordination')).exists())"
* requirements = "MAH-018: A referral can be made only if the child already receives one hub service: Outpatient Therapy, In-Home Therapy or Intensive Care Coordination."

Invariant: tm-mah-sr-3
Description: "\"Already engaged\": the hub service began on or before the referral date and had not ended."
Severity: #error
Expression: "(status = 'revoked' or status = 'entered-in-error') or (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-hub-service').where(extension.where(url = 'startDate').value.toString() <= %context.authoredOn.toString().substring(0,10) and (extension.where(url = 'endDate').empty() or extension.where(url = 'endDate').value.toString() >= %context.authoredOn.toString().substring(0,10))).exists())"
* requirements = "MAH-019: \"Already engaged\": the hub service began on or before the referral date and had not ended."

Invariant: tm-ctd-sr-1
Description: "Youth with complex behavioral health needs."
Severity: #warning
Expression: "(status = 'revoked' or status = 'entered-in-error') or (reasonCode.coding.where(system = 'http://hl7.org/fhir/sid/icd-10-cm' and code.matches('^F[0-9][0-9]')).exists() or reasonReference.exists())"
* requirements = "CTD-008: Youth with complex behavioral health needs."

Invariant: tm-ctd-sr-2
Description: "Served mainly: youth who returned or are returning home from out-of-home care and need a less intensive level of treatment, or who are at imminent risk of placement because of mental health issues or emotional disturbance."
Severity: #warning
Expression: "(status = 'revoked' or status = 'entered-in-error') or (reasonCode.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-target-population' and code in ('returned-from-out-of-home' | 'returning-from-out-of-home' | 'imminent-risk-of-placement')).exists())"
* requirements = "CTD-023: Served mainly: youth who returned or are returning home from out-of-home care and need a less intensive level of treatment, or who are at imminent risk of placement because of mental health issues or emotional disturbance."

Invariant: tm-ctd-sr-3
Description: "Purpose of a referral: help discharge from a more restrictive setting (e.g. residential), or keep the youth in the community."
Severity: #warning
Expression: "(status = 'revoked' or status = 'entered-in-error') or (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-referral-purpose').value in ('step-down-discharge' | 'community-maintenance'))"
* requirements = "CTD-024: Purpose of a referral: help discharge from a more restrictive setting (e.g. residential), or keep the youth in the community."
