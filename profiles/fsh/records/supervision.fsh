Logical: MentoringSupervision
Id: mentoring-supervision
Title: "Supervision meeting record"
Description: "A meeting of a mentor with the licensed supervisor, without any youth (CYS-037). Becomes an Appointment."
* insert RecordId(this meeting)
* mentorId 1..1 string "Mentor" "Id of the mentor record of the mentor."
* supervisorId 1..1 string "Supervisor" "Id of the mentor record of the supervisor."
* status 1..1 code "Status" "What became of it."
* status from $VS_record_status_supervision (required)
* start 1..1 dateTime "Start" "Moment it began or is to begin, with UTC offset."
* end 1..1 dateTime "End" "Moment it ended or is to end, with UTC offset."
* topics 0..1 string "Topics" "What was talked about. No youth is named here."
* obeys rec-supervision-moment and rec-supervision-order
