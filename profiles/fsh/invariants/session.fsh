// Rules judged on one Encounter. Those about delivered sessions hold only once the session is finished: a planned or
// cancelled one has nothing to show yet.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-enc-1
Description: "A session is structured: it carries at least one coded planned activity."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists()) implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').exists())"
* requirements = "CYS-008: A session is structured: it carries at least one coded planned activity."

Invariant: tm-enc-2
Description: "The service is one-to-one: one youth and one therapeutic mentor."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists()) implies ((subject.type = 'Patient' or subject.reference.contains('Patient/')) and participant.where(type.coding.where(system = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType' and code = 'PPRF').exists()).count() = 1)"
* requirements = "CYS-009: The service is one-to-one: one youth and one therapeutic mentor."

Invariant: tm-enc-3
Description: "Allowed activity: building and supporting the relationship between adolescent and caregiver. Such a session has a caregiver taking part."
Severity: #warning
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-activity' and code = 'caregiver-relationship-building').exists() implies participant.individual.where(type = 'RelatedPerson' or reference.contains('RelatedPerson/')).exists())"
* requirements = "CYS-019: Allowed activity: building and supporting the relationship between adolescent and caregiver. Such a session has a caregiver taking part."

Invariant: tm-enc-4
Description: "Allowed activity: transporting the youth to needed services; the needed service is named."
Severity: #warning
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-activity' and code = 'transport-to-services').exists() implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-transport-destination').exists())"
* requirements = "CYS-021: Allowed activity: transporting the youth to needed services; the needed service is named."

Invariant: tm-enc-5
Description: "Allowed activity: organized leisure and recreation chosen from the participant's preferences, to practise social and coping skills. The preference is recorded."
Severity: #warning
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-activity' and code = 'structured-leisure').exists() implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-participant-preference').exists() and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-goal-addressed').exists()))"
* requirements = "CYS-024: Allowed activity: organized leisure and recreation chosen from the participant's preferences, to practise social and coping skills. The preference is recorded."

Invariant: tm-enc-6
Description: "Allowed activity: helping develop, review and update a Wellness/Recovery Action Plan; the plan worked on is identified."
Severity: #warning
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-activity' and code = 'wellness-plan-assistance').exists() implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-plan-reference').exists())"
* requirements = "CYS-025: Allowed activity: helping develop, review and update a Wellness/Recovery Action Plan; the plan worked on is identified."

Invariant: tm-enc-7
Description: "Allowed activity: acting as advocate/liaison when necessary at court hearings, child welfare settings, or places that may invoke trauma reactions; the occasion is recorded."
Severity: #warning
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-activity' and code = 'advocacy-liaison').exists() implies reasonCode.exists())"
* requirements = "CYS-027: Allowed activity: acting as advocate/liaison when necessary at court hearings, child welfare settings, or places that may invoke trauma reactions; the occasion is recorded."

Invariant: tm-enc-8
Description: "Delivery is allowed through several media: in person, phone, other electronic media."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists()) implies ((extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-modality').value in ('in-person' | 'phone' | 'video' | 'other-electronic')) and ((extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-modality').value = 'in-person') or class.code = 'VR'))"
* requirements = "CYS-043: Delivery is allowed through several media: in person, phone, other electronic media."

Invariant: tm-enc-9
Description: "Settings: where the youth lives (home, foster home, therapeutic foster home) and other community settings (school, child care center, respite). An in-person session names its setting."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists()) implies ((extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-modality').value = 'in-person') implies extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-setting').exists())"
* requirements = "CYS-044: Settings: where the youth lives (home, foster home, therapeutic foster home) and other community settings (school, child care center, respite). An in-person session names its setting."

Invariant: tm-enc-10
Description: "No delivery where client confidentiality, or the safety of client or provider, may be jeopardized."
Severity: #error
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-location-attestation').extension.where(value = false).empty())"
* requirements = "CYS-045: No delivery where client confidentiality, or the safety of client or provider, may be jeopardized."

Invariant: tm-enc-11
Description: "Mentoring does not include diagnosing a MH/SUD."
Severity: #error
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-excluded-activity').empty())"
* requirements = "CYS-048: Mentoring does not include diagnosing a MH/SUD."

Invariant: tm-enc-12
Description: "Mentoring does not do for the youth or family what they can do for themselves."
Severity: #error
Expression: "(status = 'finished') implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-capable-of-self').where(value = true).empty())"
* requirements = "CYS-050: Mentoring does not do for the youth or family what they can do for themselves."

Invariant: tm-enc-20
Description: "A finished session has start and end, end after start, and is not longer than 12 hours."
Severity: #error
Expression: "(status = 'finished') implies (period.start.exists() and period.end.exists() and period.end > period.start and period.end <= period.start + 12 hours)"
* requirements = "STR-001: A finished session has start and end, end after start, and is not longer than 12 hours."

Invariant: tm-enc-21
Description: "A session is based on a referral or authorization and belongs to an episode."
Severity: #error
Expression: "type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists() implies (basedOn.exists() and episodeOfCare.exists())"
* requirements = "STR-002: A session is based on a referral or authorization and belongs to an episode."

Invariant: tm-mah-enc-1
Description: "Each session supports a specific goal on the child's behavioral treatment plan."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists()) implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-goal-addressed').exists())"
* requirements = "MAH-002: Each session supports a specific goal on the child's behavioral treatment plan."

Invariant: tm-ctd-enc-1
Description: "Activities take place in normative, non-clinical settings."
Severity: #error
Expression: "(status = 'finished' and type.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-encounter-type' and code = 'session').exists()) implies (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-setting').value.coding.where(code in ('outpatient-clinic' | 'hospital' | 'psychiatric-facility' | 'medical-office' | 'residential-treatment-facility')).empty())"
* requirements = "CTD-006: Activities take place in normative, non-clinical settings."
