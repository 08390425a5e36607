// Rules judged on one PractitionerRole. Degrees are ranked by list, never by letter: MDA is Medical Assistant.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-role-1
Description: "The mentor holds at least a bachelor's degree in a MH/SUD or related human services field."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'degree' and extension.where(url = 'code').value.coding.where((system = 'http://terminology.hl7.org/CodeSystem/v2-0360' and code in ('BA'|'BBA'|'BE'|'BFA'|'BN'|'BS'|'BSL'|'BSN'|'BT'|'MA'|'MBA'|'MCE'|'MDI'|'ME'|'MED'|'MEE'|'MFA'|'MME'|'MS'|'MSL'|'MSN'|'MTH'|'DBA'|'DED'|'DO'|'JD'|'MD'|'PHD'|'PHE'|'PHS')) or (system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-degree' and code in ('BSW'|'MSW'|'MPH'|'PSYD'))).exists() and (extension.where(url = 'field').value in ('mental-health' | 'substance-use' | 'human-services'))).exists()"
* requirements = "CYS-030: The mentor holds at least a bachelor's degree in a MH/SUD or related human services field."

Invariant: tm-role-2
Description: "The mentor has completed a training program focused on therapeutic mentoring."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'training' and extension.where(url = 'code').value.coding.where(code = 'therapeutic-mentoring-core').exists() and extension.where(url = 'issued').exists()).exists()"
* requirements = "CYS-031: The mentor has completed a training program focused on therapeutic mentoring."

Invariant: tm-role-3
Description: "The mentor has passed background checks."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'background-check').exists() and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'background-check').all(extension.where(url = 'result').value = 'cleared')"
* requirements = "CYS-032: The mentor has passed background checks."

Invariant: tm-role-4
Description: "Mentors are supervised by a licensed MH/SUD professional."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-supervisor').exists()"
* requirements = "CYS-034: Mentors are supervised by a licensed MH/SUD professional."

Invariant: tm-role-5
Description: "Seven required staff competencies: MH/SUD delivery systems and community/alternative supports; knowledge of child/youth MH/SUD; collaboration, coordination and negotiation with families and systems; motivational engagement; child/youth development; consumer rights and MH/SUD regulations; technological supports."
Severity: #warning
Expression: "('delivery-systems-knowledge' | 'child-mh-sud-knowledge' | 'collaboration-negotiation' | 'motivational-engagement' | 'child-development' | 'consumer-rights' | 'technological-supports').all($this in %context.extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-competency').value.coding.code)"
* requirements = "CYS-038: Seven required staff competencies: MH/SUD delivery systems and community/alternative supports; knowledge of child/youth MH/SUD; collaboration, coordination and negotiation with families and systems; motivational engagement; child/youth development; consumer rights and MH/SUD regulations; technological supports."

Invariant: tm-role-6
Description: "Mentors have experience with young people and families."
Severity: #warning
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-experience-with-youth-years').where(value > 0).exists()"
* requirements = "ESS-026: Mentors have experience with young people and families."

Invariant: tm-role-7
Description: "Mentors embedded in community services or behavioral health centers have wider supports."
Severity: #warning
Expression: "organization.exists()"
* requirements = "ESS-027: Mentors embedded in community services or behavioral health centers have wider supports."

Invariant: tm-sup-1
Description: "The supervisor holds a licence in a MH/SUD discipline."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'license' and (extension.where(url = 'field').value in ('mental-health' | 'substance-use'))).exists()"
* requirements = "CYS-035: The supervisor holds a licence in a MH/SUD discipline."

Invariant: tm-sup-2
Description: "The supervisor holds at least a master's degree in a relevant field."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'degree' and extension.where(url = 'code').value.coding.where((system = 'http://terminology.hl7.org/CodeSystem/v2-0360' and code in ('MA'|'MBA'|'MCE'|'MDI'|'ME'|'MED'|'MEE'|'MFA'|'MME'|'MS'|'MSL'|'MSN'|'MTH'|'DBA'|'DED'|'DO'|'MD'|'PHD'|'PHE'|'PHS')) or (system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-degree' and code in ('MSW'|'MPH'|'PSYD'))).exists() and (extension.where(url = 'field').value in ('mental-health' | 'substance-use' | 'human-services'))).exists()"
* requirements = "CYS-036: The supervisor holds at least a master's degree in a relevant field."

Invariant: tm-ctd-role-1
Description: "The mentor is trained."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-credential').where(extension.where(url = 'kind').value = 'training').exists()"
* requirements = "CTD-003: The mentor is trained."

Invariant: tm-role-20
Description: "A role names the person, the organization, the service or the place."
Severity: #error
Expression: "practitioner.exists() or organization.exists() or healthcareService.exists() or location.exists()"
* requirements = "STR-009: A role names the person, the organization, the service or the place."
