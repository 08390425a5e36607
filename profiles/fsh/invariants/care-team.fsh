// Rules judged on one CareTeam.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-ct-1
Description: "The mentor works closely with a licensed clinician."
Severity: #error
Expression: "participant.where(role.coding.where(code in ('licensed-clinician' | 'clinical-supervisor')).exists() and member.exists()).exists()"
* requirements = "MAH-009: The mentor works closely with a licensed clinician."

Invariant: tm-ct-2
Description: "The work is done together with the child's family and clinical team."
Severity: #warning
Expression: "participant.where(role.coding.where(code in ('family-member' | 'guardian')).exists()).exists() and participant.where(role.coding.where(code = 'therapeutic-mentor').exists()).exists()"
* requirements = "MAH-010: The work is done together with the child's family and clinical team."

Invariant: tm-ct-3
Description: "Mentors work with other health and social service professionals (care coordination)."
Severity: #warning
Expression: "participant.where((member.type = 'PractitionerRole' or member.reference.contains('Practitioner')) and role.coding.where(code = 'therapeutic-mentor').empty()).exists()"
* requirements = "ESS-009: Mentors work with other health and social service professionals (care coordination)."
