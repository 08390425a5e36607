// https://hl7.org/fhir/R4/practitioner.html; US Core: us-core-practitioner

Profile: TmMentor
Parent: Practitioner
Id: tm-mentor
Title: "Mentor or other staff member"
Description: "A person who works with mentored youth, with qualifications. An identifier of the agency is enough; an NPI is checked."
* identifier 1..* MS
* insert IdentifierNamed
* identifier obeys tm-npi-1
* active MS
* name 1..* MS
* name.family 1..1 MS
* telecom MS
* qualification MS
* qualification.code MS
* qualification.period MS
* qualification.issuer MS
