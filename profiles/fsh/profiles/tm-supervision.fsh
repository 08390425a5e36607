// https://hl7.org/fhir/R4/appointment.html
//
// Supervision is about staff: no patient takes part, so it never shows in a youth's record.

Profile: TmSupervision
Parent: Appointment
Id: tm-supervision
Title: "Supervision of mentors"
Description: "A supervision meeting of mentor and supervisor, without a patient."
* status MS
* serviceType 1..* MS
* insert SlicedByPattern(serviceType)
* serviceType contains supervision 1..1
* serviceType[supervision] = TmServiceCodes#staff-supervision
* start MS
* end MS
* participant 2..* MS
* participant.actor 1..1
* participant.actor only Reference(PractitionerRole or Practitioner)
