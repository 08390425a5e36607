Instance: example-diagnosis
InstanceOf: TmDiagnosis
Usage: #example
Title: "Diagnosis of the youth in Massachusetts"
* clinicalStatus = $condition-clinical#active
* verificationStatus = $condition-ver-status#confirmed
* category = $condition-category#problem-list-item "Problem List Item"
* code = $icd-10-cm#F43.10 "Post-traumatic stress disorder, unspecified"
* subject = Reference(example-youth)
* onsetDateTime = "2024-11"
* recordedDate = "2025-03-10"
* recorder = Reference(example-team-role-hub-clinician)
* asserter = Reference(example-team-role-hub-clinician)

Instance: example-diagnosis-va-hr-csa
InstanceOf: TmDiagnosis
Usage: #example
Title: "Diagnosis of the youth in Virginia"
* clinicalStatus = $condition-clinical#active
* verificationStatus = $condition-ver-status#confirmed
* category = $condition-category#problem-list-item "Problem List Item"
* code = $icd-10-cm#F91.3 "Oppositional defiant disorder"
* subject = Reference(example-youth-va-hr-csa)
* recordedDate = "2025-04-15"
