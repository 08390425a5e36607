// Rules judged on one Goal.
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-goal-1
Description: "Purpose: address daily-living, social and communication needs. Each mentoring goal is tagged with at least one of the three need domains."
Severity: #warning
Expression: "category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-need-domain' and code in ('daily-living' | 'social' | 'communication')).exists()"
* requirements = "CYS-012: Purpose: address daily-living, social and communication needs. Each mentoring goal is tagged with at least one of the three need domains."

Invariant: tm-goal-2
Description: "Skill areas: age-appropriate behaviors; interpersonal communication; problem-solving and conflict resolution; managing and taking active part in recovery; relating appropriately to other youth and adults in recreational and social activities."
Severity: #warning
Expression: "category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-skill').exists()"
* requirements = "CYS-014: Skill areas: age-appropriate behaviors; interpersonal communication; problem-solving and conflict resolution; managing and taking active part in recovery; relating appropriately to other youth and adults in recreational and social activities."

Invariant: tm-goal-3
Description: "Mentoring bridges daily life and mental/behavioral health needs: each goal ties a daily-life skill to a health need."
Severity: #warning
Expression: "category.exists() and addresses.exists()"
* requirements = "ESS-003: Mentoring bridges daily life and mental/behavioral health needs: each goal ties a daily-life skill to a health need."

Invariant: tm-goal-s
Description: "SMART: specific (described and tied to a skill)."
Severity: #error
Expression: "description.text.exists() and category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-skill').exists()"
* requirements = "HRC-013: SMART: specific (described and tied to a skill)."

Invariant: tm-goal-m
Description: "SMART: measurable (a measure and a target value)."
Severity: #error
Expression: "target.where(measure.exists() and detail.exists()).exists()"
* requirements = "HRC-014: SMART: measurable (a measure and a target value)."

Invariant: tm-goal-a
Description: "SMART: achievable (attested, preferably with a baseline)."
Severity: #error
Expression: "extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-goal-achievable').where(value = true).exists() or extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-goal-baseline').exists()"
* requirements = "HRC-015: SMART: achievable (attested, preferably with a baseline)."

Invariant: tm-goal-r
Description: "SMART: relevant (addresses a documented need of the child)."
Severity: #error
Expression: "addresses.exists()"
* requirements = "HRC-016: SMART: relevant (addresses a documented need of the child)."

Invariant: tm-goal-t
Description: "SMART: time-bound (start and due date, due after start)."
Severity: #error
Expression: "start.exists() and target.exists() and target.all(due.exists()) and target.due.ofType(date).all($this.toString() > %context.start.toString())"
* requirements = "HRC-017: SMART: time-bound (start and due date, due after start)."

Invariant: tm-ctd-goal-1
Description: "Goals relate to three major life areas: educational achievement; health, safety and well-being; social and emotional development."
Severity: #error
Expression: "category.coding.where(system = 'https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/tm-life-area' and code in ('educational-achievement' | 'health-safety-wellbeing' | 'social-emotional-development')).exists()"
* requirements = "CTD-017: Goals relate to three major life areas: educational achievement; health, safety and well-being; social and emotional development."
