Instance: example-note
InstanceOf: TmNote
Usage: #example
Title: "Discharge summary"
* meta.tag = TmProgramCodes#ct-dcf-tss
* extension[recipient].valueReference = Reference(example-organization-referrer)
* extension[signature][+].extension[signer].valueReference = Reference(example-mentor-role-ct-dcf-tss)
* extension[signature][=].extension[signedAt].valueDateTime = "2025-08-15T16:00:00-04:00"
* extension[signature][=].extension[role].valueCode = #author
* extension[signature][+].extension[signer].valueReference = Reference(example-supervisor-role)
* extension[signature][=].extension[signedAt].valueDateTime = "2025-08-18T09:15:00-04:00"
* extension[signature][=].extension[role].valueCode = #co-signer
* status = #current
* docStatus = #final
* type = $loinc#18842-5 "Discharge summary"
* category[kind] = TmDocumentTypeCodes#discharge-summary
* category[clinicalNote] = $us-core-document-category#clinical-note "Clinical Note"
* subject = Reference(example-youth-ct-dcf-tss)
* date = "2025-08-15T16:00:00-04:00"
* author = Reference(example-mentor-role-ct-dcf-tss)
* custodian = Reference(example-organization)
* content.attachment.contentType = #text/plain
* content.attachment.data = "TWVudG9yaW5nIGVuZGVkIHdpdGggdGhlIGdvYWwgbWV0Lg=="
* context.period.start = "2025-02-18"
* context.period.end = "2025-08-15"
* context.related = Reference(example-goal-ct-dcf-tss)

Instance: example-progress-note
InstanceOf: TmProgressNote
Usage: #example
Title: "Progress note on a session"
* meta.tag = TmProgramCodes#masshealth-cbhi
* status = #current
* docStatus = #final
* type = $loinc#11506-3 "Progress note"
* category[kind] = TmDocumentTypeCodes#progress-note
* category[clinicalNote] = $us-core-document-category#clinical-note "Clinical Note"
* subject = Reference(example-youth)
* date = "2025-04-01T20:10:00-04:00"
* author = Reference(example-mentor-role)
* custodian = Reference(example-organization)
* description = "Drove Sofia and her mother to the art program; modeled introducing herself. Supports the goal of belonging."
* content.attachment.contentType = #text/plain
* content.attachment.data = "TW9kZWxlZCBpbnRyb2R1Y2luZyBoZXJzZWxmLg=="
* context.encounter = Reference(example-session-masshealth-cbhi)
* context.period.start = "2025-04-01T15:00:00-04:00"
* context.period.end = "2025-04-01T17:00:00-04:00"
* context.related = Reference(example-goal)

Instance: example-progress-report-va-hr-csa
InstanceOf: TmProgressReportVaHrCsa
Usage: #example
Title: "Quarterly progress report"
* meta.tag = TmProgramCodes#va-hr-csa
* extension[recipient].valueReference = Reference(example-team-role)
* status = #current
* docStatus = #final
* type = $loinc#11506-3 "Progress note"
* category[kind] = TmDocumentTypeCodes#quarterly-progress-report
* subject = Reference(example-youth-va-hr-csa)
* date = "2025-07-30T12:00:00-04:00"
* author = Reference(example-mentor-role)
* custodian = Reference(example-organization)
* content.attachment.contentType = #text/plain
* content.attachment.data = "RnJvbSBmaXZlIGluY2lkZW50cyBhIHdlZWsgdG8gdHdvLg=="
* context.period.start = "2025-05-01"
* context.period.end = "2025-07-31"
* context.related = Reference(example-goal-smart)
