// https://hl7.org/fhir/R4/condition.html; US Core: us-core-condition-problems-health-concerns and
// us-core-condition-encounter-diagnosis

Profile: TmDiagnosis
Parent: Condition
Id: tm-diagnosis
Title: "Diagnosis"
Description: "A condition that a clinician diagnosed and that mentoring has to know."
* clinicalStatus MS
* verificationStatus MS
* category 1..* MS
* code 1..1 MS
* subject MS
* subject only Reference(Patient)
* onset[x] MS
* abatement[x] MS
* recordedDate MS
* recorder MS
* asserter MS
* obeys tm-cond-1
