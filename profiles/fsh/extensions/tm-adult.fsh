Extension: TmAdult
Id: tm-adult
Title: "Adult"
Description: "Attests that the staff member is an adult, without storing a birth date (CTD-002)."
Context: PractitionerRole
* value[x] 1..1
* value[x] only boolean
