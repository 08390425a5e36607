Logical: MentoringDiagnosis
Id: mentoring-diagnosis
Title: "Diagnosis record"
Description: "A diagnosis made by a clinician (never by a mentor: CYS-048), as the reason for the service. Becomes a Condition."
* insert RecordId(this diagnosis)
* youthId 1..1 string "Youth" "Id of the youth record."
* icd10 1..1 string "ICD-10-CM code" "ICD-10-CM code with its point, such as F43.10."
* description 0..1 string "In words" "The diagnosis in words."
* clinicalStatus 1..1 code "Clinical status" "Whether the condition is present."
* clinicalStatus from $VS_record_diagnosis_status (required)
* certainty 1..1 code "Certainty" "How sure the clinician is."
* certainty from $VS_record_diagnosis_certainty (required)
* onset 0..1 date "Onset" "When it began."
* recordedOn 0..1 date "Recorded on" "Day it was recorded."
* diagnosedById 0..1 string "Diagnosed by" "Id of the mentor record of the clinician who made it."
* obeys rec-icd10
