CodeSystem: TmAttendeeCodes
Id: tm-attendee
Title: "Attendee"
Description: "Who took part in a review meeting or a discharge planning discussion."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #case-manager "Case manager"
* #provider "Provider"
* #guardian "Parent/guardian"
* #child "Child"

ValueSet: TmAttendeeValueSet
Id: tm-attendee
Title: "Attendee"
Description: "Who took part in a review meeting or a discharge planning discussion."
* insert ShareableTerminology
* include codes from system TmAttendeeCodes
