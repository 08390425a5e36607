// https://hl7.org/fhir/R4/practitionerrole.html; US Core: us-core-practitionerrole
//
// US Core asks for a telecom or an endpoint; we ask for the telecom, since staff have no endpoint of their own.

Profile: TmTeamRole
Parent: PractitionerRole
Id: tm-team-role
Title: "Team role"
Description: "What a person does for an organization in a mentoring case."
* active MS
* practitioner MS
* organization MS
* code 1..* MS
* code from TmStaffRoleValueSet (extensible)
* specialty MS
* telecom 1..* MS
* insert TelecomComplete
* extension contains
    TmCredential named credential 0..* and
    TmCompetency named competency 0..* and
    TmSupervisor named supervisor 0..1 and
    TmExperienceWithYouthYears named experienceWithYouth 0..1 and
    TmAdult named adult 0..1
* obeys tm-role-20
