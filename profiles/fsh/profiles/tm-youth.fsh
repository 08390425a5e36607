// https://hl7.org/fhir/R4/patient.html; US Core: us-core-patient
//
// US Core 6.1.0 asks for the gender, 9.0.0 does not mention it: it is always sent. The US Core extensions for race,
// ethnicity and sex may be present; their definitions are not copied here.

Profile: TmYouth
Parent: Patient
Id: tm-youth
Title: "Youth"
Description: "The young person who is mentored."
* identifier 1..* MS
* insert IdentifierNamed
* active MS
* name 1..* MS
* name obeys tm-pat-2
* telecom MS
* insert TelecomComplete
* gender 1..1 MS
* birthDate MS
* address MS
* communication MS
* link MS
* obeys tm-pat-1
