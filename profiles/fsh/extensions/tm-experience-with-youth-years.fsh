Extension: TmExperienceWithYouthYears
Id: tm-experience-with-youth-years
Title: "Experience with youth"
Description: "Years of experience with young people and families."
Context: PractitionerRole
* value[x] 1..1
* value[x] only decimal
