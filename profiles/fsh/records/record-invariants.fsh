// What one field of a record demands of another. Judged before mapping; a breach is refused with the field's name.

Invariant: rec-period
Description: "end must not be before start."
Expression: "(start.exists() and end.exists()) implies start.toString() <= end.toString()"
Severity: #error

Invariant: rec-npi
Description: "npi must be ten digits."
Expression: "npi.exists() implies npi.matches('^[0-9]{10}$')"
Severity: #error

Invariant: rec-icd10
Description: "icd10 must be an ICD-10-CM code with its point, such as F43.10."
Expression: "icd10.matches('^[A-TV-Z][0-9][0-9A-B](\\.[0-9A-TV-Z]{1,4})?$')"
Severity: #error

Invariant: rec-team-member
Description: "each member of team needs either memberId or guardianId, not both."
Expression: "team.all(memberId.exists() xor guardianId.exists())"
Severity: #error

Invariant: rec-session-held
Description: "A held session needs start and end; another one in progress or planned needs start."
Expression: "(status = 'held' implies (start.exists() and end.exists())) and (status in ('in-progress' | 'planned') implies start.exists())"
Severity: #error

Invariant: rec-session-order
Description: "end must be after start. Check the date and the UTC offset of both."
Expression: "(start.exists() and end.exists()) implies start.toDateTime() < end.toDateTime()"
Severity: #error

Invariant: rec-session-length
Description: "A session may last 12 hours at the most. Check the date of start and end."
Expression: "(start.exists() and end.exists()) implies end.toDateTime() <= start.toDateTime() + 12 hours"
Severity: #error

Invariant: rec-session-minutes
Description: "minutes must be the time between start and end."
Expression: "(`minutes`.exists() and start.exists() and end.exists()) implies (start.toDateTime() + (`minutes`.toString() & ' minutes').toQuantity() = end.toDateTime())"
Severity: #warning

Invariant: rec-session-cancelled
Description: "cancellationReason belongs to a session that is cancelled or a no-show."
Expression: "cancellationReason.exists() implies (status = 'cancelled' or status = 'no-show')"
Severity: #error

Invariant: rec-note-content
Description: "A note needs text or an attachment, not both."
Expression: "text.exists() xor attachment.exists()"
Severity: #error

Invariant: rec-note-attachment
Description: "An attachment needs either data or uploadId, not both."
Expression: "attachment.exists() implies (attachment.data.exists() xor attachment.uploadId.exists())"
Severity: #error

Invariant: rec-note-period
Description: "periodEnd must not be before periodStart."
Expression: "(periodStart.exists() and periodEnd.exists()) implies periodStart.toString() <= periodEnd.toString()"
Severity: #error

Invariant: rec-note-reviewed
Description: "reviewedById and reviewedOn go together."
Expression: "reviewedById.exists() = reviewedOn.exists()"
Severity: #error

Invariant: rec-outcome-value
Description: "An outcome needs exactly one of yes, score, schoolEmployment or text, or a juvenile justice or placement finding."
Expression: "(yes.exists().toInteger() + score.exists().toInteger() + schoolEmployment.exists().toInteger() + text.exists().toInteger() = 1) or (yes.exists().toInteger() + score.exists().toInteger() + schoolEmployment.exists().toInteger() + text.exists().toInteger() = 0 and (priorInvolvement.exists() or newArrest.exists() or newAdjudication.exists() or detentionDays.exists() or outOfHomeDays.exists()))"
Severity: #error

Invariant: rec-supervision-order
Description: "end must be after start. Check the date and the UTC offset of both."
Expression: "start.toDateTime() < end.toDateTime()"
Severity: #error
