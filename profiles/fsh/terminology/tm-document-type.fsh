CodeSystem: TmDocumentTypeCodes
Id: tm-document-type
Title: "Document type"
Description: "The kinds of document in a mentoring case, beside the LOINC type."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #progress-note "Progress note (LOINC 11506-3)"
* #progress-review "Progress review"
* #quarterly-progress-report "Quarterly progress report"
* #discharge-summary "Discharge summary (LOINC 18842-5)"
* #referral-form "Referral (LOINC 57133-1)"
* #consent "Guardian consent / release"

ValueSet: TmDocumentTypeValueSet
Id: tm-document-type
Title: "Document type"
Description: "The kinds of document in a mentoring case, beside the LOINC type."
* insert ShareableTerminology
* include codes from system TmDocumentTypeCodes
