// The ten note types a US Core server supports, the Referral Note, and the codes of consents and summaries.
// https://hl7.org/fhir/us/core/clinical-notes.html

ValueSet: TmNoteTypeValueSet
Id: tm-note-type
Title: "Note type"
Description: "LOINC document types that fit the documents of a mentoring case, or that the type is unknown."
* insert ShareableTerminology
* $loinc#11506-3 "Progress note"
* $loinc#11488-4 "Consult note"
* $loinc#18842-5 "Discharge summary"
* $loinc#57133-1 "Referral note"
* $loinc#59284-0 "Consent Document"
* $loinc#34117-2 "History and physical note"
* $loinc#28570-0 "Procedure note"
* $loinc#34111-5 "Emergency department Note"
* $v3-NullFlavor#UNK "unknown"
