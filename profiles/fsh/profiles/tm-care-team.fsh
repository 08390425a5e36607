// https://hl7.org/fhir/R4/careteam.html; US Core: us-core-careteam

Profile: TmCareTeam
Parent: CareTeam
Id: tm-care-team
Title: "Care team"
Description: "The people around a mentored youth."
* status MS
* subject 1..1 MS
* subject only Reference(Patient)
* participant 1..* MS
* participant.role 1..1 MS
* participant.role from TmStaffRoleValueSet (extensible)
* participant.member 1..1 MS
* participant.period MS
* extension contains TmMatch named match 0..*
* obeys tm-ct-1 and tm-ct-2 and tm-ct-3
