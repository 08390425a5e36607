// Rules judged on one CarePlan. The first three are about the mentoring plan; plans that other providers or teams write
// (hub plan, IFSP, individualized service plan) are exempt by their type.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-cp-1
Description: "The service is strength-based: the plan records at least one strength of the youth."
Severity: #warning
Expression: "category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-plan-type' and code in ('behavioral-treatment-plan' | 'individual-care-plan' | 'ifsp' | 'individualized-service-plan')).exists() or (extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-strength').exists())"
* requirements = "CYS-011: The service is strength-based: the plan records at least one strength of the youth."

Invariant: tm-cp-2
Description: "Frequency and length of service are set case by case in the treatment plan."
Severity: #error
Expression: "category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-plan-type' and code in ('behavioral-treatment-plan' | 'individual-care-plan' | 'ifsp' | 'individualized-service-plan')).exists() or (activity.detail.where(scheduled.exists()).exists() and period.start.exists())"
* requirements = "CYS-046: Frequency and length of service are set case by case in the treatment plan."

Invariant: tm-cp-3
Description: "The plan and goals are person-centered: they match the youth's specific challenges and strengths."
Severity: #warning
Expression: "category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-plan-type' and code in ('behavioral-treatment-plan' | 'individual-care-plan' | 'ifsp' | 'individualized-service-plan')).exists() or (addresses.exists() and goal.exists() and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-strength').exists())"
* requirements = "ESS-018: The plan and goals are person-centered: they match the youth's specific challenges and strengths."

Invariant: tm-hrc-cp-1
Description: "Goals are documented and communicated together with the case manager."
Severity: #warning
Expression: "contributor.exists()"
* requirements = "HRC-031: Goals are documented and communicated together with the case manager."

Invariant: tm-hrc-cp-2
Description: "The provider documents discharge planning."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-discharge-plan').extension.where(url = 'criteria').exists()"
* requirements = "HRC-032: The provider documents discharge planning."

Invariant: tm-hrc-cp-3
Description: "The provider documents how the child will use the new skills in the normal daily environment after services end."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-discharge-plan').extension.where(url = 'skillGeneralization').exists()"
* requirements = "HRC-033: The provider documents how the child will use the new skills in the normal daily environment after services end."

Invariant: tm-hrc-ifsp-1
Description: "The IFSP explains why other services are not appropriate or not sufficient for the child."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-alternative-service').exists() and extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-alternative-service').all(extension.where(url = 'service').exists() and extension.where(url = 'explanation').value.toString().length() > 0)"
* requirements = "HRC-010: The IFSP explains why other services are not appropriate or not sufficient for the child."

Invariant: tm-ctd-cp-1
Description: "Care is informed by the child's psychosocial, developmental and treatment needs and goals."
Severity: #error
Expression: "supportingInfo.exists() and goal.exists()"
* requirements = "CTD-011: Care is informed by the child's psychosocial, developmental and treatment needs and goals."
