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
Expression: "icd10.matches('^[A-TV-Z][0-9][0-9A-B]([.][0-9A-TV-Z]{1,4})?$')"
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

Invariant: rec-session-moment
Description: "start and end need a time with its UTC offset, such as 2026-03-04T15:30:00-05:00."
Expression: "(start | end).all($this.toString().contains('T'))"
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

Invariant: rec-session-no-show
Description: "The reason no-show belongs to a session with the status no-show."
Expression: "cancellationReason.where($this = 'no-show').exists() implies status = 'no-show'"
Severity: #error

Invariant: rec-note-written
Description: "writtenOn needs a time with its UTC offset, such as 2026-03-04T20:10:00-05:00."
Expression: "writtenOn.toString().matches('^.+T.+(Z|[+-][0-9][0-9]:[0-9][0-9])$')"
Severity: #error

Invariant: rec-supervision-moment
Description: "start and end need a time with its UTC offset, such as 2026-03-04T15:30:00-05:00."
Expression: "start.toString().matches('^.+T.+(Z|[+-][0-9][0-9]:[0-9][0-9])$') and end.toString().matches('^.+T.+(Z|[+-][0-9][0-9]:[0-9][0-9])$')"
Severity: #error

Invariant: rec-team-mentor
Description: "Mentors are listed in assignments, not in team."
Expression: "team.where(role = 'therapeutic-mentor').empty()"
Severity: #error

Invariant: rec-outcome-score-unit
Description: "scoreUnit belongs to a score."
Expression: "scoreUnit.exists() implies score.exists()"
Severity: #error

Invariant: rec-plan-frequency
Description: "per and perUnit of an activity go together, such as 1 and wk."
Expression: "activities.all(per.exists() = perUnit.exists())"
Severity: #error

Invariant: rec-plan-expressed-by
Description: "A goal expressed by the mentor needs authorId, which says who that is."
Expression: "goals.where(expressedBy = 'mentor').exists() implies authorId.exists()"
Severity: #error

Invariant: rec-goal-target
Description: "The target of a goal is either targetValue or targetText, and says with measure what is measured."
Expression: "goals.all((targetValue.exists() and targetText.exists()).not() and ((targetValue.exists() or targetText.exists()) implies measure.exists()))"
Severity: #error

Invariant: rec-goal-target-unit
Description: "targetComparator belongs to a targetValue; targetUnit to a targetValue or baselineValue."
Expression: "goals.all((targetComparator.exists() implies targetValue.exists()) and (targetUnit.exists() implies (targetValue.exists() or baselineValue.exists())))"
Severity: #error

Invariant: rec-mentor-contact
Description: "A phone or an email is needed. Give the organization's where the person has none of their own."
Expression: "phone.exists() or email.exists()"
Severity: #error

Invariant: rec-assignment-once
Description: "An assignment is listed once: mentor, start or end must differ."
Expression: "assignments.select(mentorId & '|' & start.toString() & '|' & end.toString()).isDistinct()"
Severity: #error
