// https://hl7.org/fhir/R4/documentreference.html; US Core: us-core-documentreference
//
// US Core binds the type to all LOINC document types or `unknown`. That list cannot be shipped, so the invariant
// tm-doc-1 asks for a LOINC code or `unknown` and tm-note-type names the codes that fit best.

Profile: TmNote
Parent: DocumentReference
Id: tm-note
Title: "Mentoring document"
Description: "A document of a mentoring case: note, review, report, form or consent."
* identifier MS
* status MS
* type 1..1 MS
* type from TmNoteTypeValueSet (preferred)
* category 1..* MS
* insert SlicedByPattern(category)
* category contains kind 0..1 and clinicalNote 0..1
* insert CodedIn(category[kind], tm-document-type)
* category[kind] from TmDocumentTypeValueSet (extensible)
* category[clinicalNote] = $us-core-document-category#clinical-note
* subject 1..1 MS
* subject only Reference(Patient)
* date MS
* author MS
* custodian MS
* content MS
* content.attachment MS
* content.attachment.contentType MS
* content.attachment obeys tm-doc-2
* context MS
* context.encounter 0..1 MS
* context.period MS
* context.related MS
* extension contains
    TmRecipient named recipient 0..* and
    TmSignature named signature 0..*
* obeys tm-doc-1
