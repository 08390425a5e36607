// https://hl7.org/fhir/R4/relatedperson.html; US Core: us-core-relatedperson

Profile: TmGuardian
Parent: RelatedPerson
Id: tm-guardian
Title: "Guardian or family member"
Description: "A parent, guardian, foster parent or other family member of the youth."
* active 1..1 MS
* patient MS
* relationship MS
* relationship from TmGuardianRelationshipValueSet (extensible)
* name MS
* telecom MS
* insert TelecomComplete
* address MS
* obeys tm-rel-1
