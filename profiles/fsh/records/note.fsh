Logical: MentoringNote
Id: mentoring-note
Title: "Note record"
Description: "A progress note, progress review, quarterly progress report, discharge summary, referral form or consent form: text, or an attachment. Becomes a DocumentReference (and a Binary)."
* insert RecordId(this note)
* youthId 1..1 string "Youth" "Id of the youth record."
* insert Program
* kind 1..1 code "Kind" "What the document is."
* kind from $VS_document_type (required)
* status 1..1 code "Status" "State of the document."
* status from $VS_record_document_status (required)
* writtenOn 1..1 dateTime "Written" "Moment it was written, with UTC offset (CYS-051)."
* authorId 0..1 string "Author" "Id of the mentor record of the author (CYS-054)."
* sessionIds 0..* string "Sessions" "Ids of the session records it is about (CYS-051)."
* goalIds 0..* string "Goals" "Ids of the goals it is about (CYS-052, CYS-053)."
* planIds 0..* string "Plans" "Ids of the plan records it is about (CYS-052)."
* summary 0..1 string "Summary" "One or two sentences: how the activities support the plan (CYS-052)."
* title 0..1 string "Title" "Title of the document."
* text 0..1 string "Text" "The note itself, as plain text. Instead of an attachment."
* attachment 0..1 BackboneElement "Attachment" "The document as a file: inline in base64 when it is small, or uploaded beforehand to /mentoring/attachments (25 MiB unless the service is set otherwise)."
* attachment.contentType 1..1 code "Type" "application/pdf, image/png, image/jpeg or text/plain; must be what the bytes are."
* attachment.data 0..1 base64Binary "Content" "The file in base64. The whole record may have 10 MiB unless the service is set otherwise, which is a file of about 7 MB; on a line of an import it may have 1 MiB. Upload a larger file to /mentoring/attachments and give its uploadId instead."
* attachment.uploadId 0..1 string "Upload" "Id that the upload to /mentoring/attachments answered."
* periodStart 0..1 date "About the time from" "First day it is about (HRC-035)."
* periodEnd 0..1 date "through" "Last day it is about (HRC-035)."
* recipientIds 0..* string "Sent to" "Ids of the mentor records of those it was sent to, such as the case manager (HRC-034)."
* signatures 0..* BackboneElement "Signatures" "Who signed it."
* signatures.signerId 1..1 string "Signed by" "Id of the mentor record."
* signatures.role 1..1 code "As" "Author or co-signer."
* signatures.role from $VS_signature_role (required)
* signatures.signedAt 1..1 dateTime "When" "Moment of the signature, with UTC offset."
* reviewedById 0..1 string "Reviewed by" "Id of the mentor record of the case manager who reviewed the report (HRC-037)."
* reviewedOn 0..1 date "Reviewed on" "Day of the review (HRC-037)."
* replacesId 0..1 string "Replaces" "Id of the note record this one replaces."
* obeys rec-note-written and rec-note-content and rec-note-attachment and rec-note-period and rec-note-reviewed
