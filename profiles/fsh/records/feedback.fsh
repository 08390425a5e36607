Logical: MentoringFeedback
Id: mentoring-feedback
Title: "Family feedback record"
Description: "Feedback to the family on the youth's progress and the skills practised (MAH-012). Becomes a Communication."
* insert RecordId(this feedback)
* youthId 1..1 string "Youth" "Id of the youth record."
* givenAt 1..1 dateTime "Given" "Day, or moment with UTC offset."
* mentorId 1..1 string "By" "Id of the mentor record of the mentor."
* guardianIds 1..* string "To" "Ids of guardians of the youth record."
* medium 0..1 code "How" "In person, by phone, by video or in writing."
* medium from $VS_record_medium (required)
* goalIds 0..* string "Goals" "Ids of the goals it was about."
* text 1..1 string "What was said" "The feedback in words."
