// https://hl7.org/fhir/R4/claim.html

Profile: TmClaim
Parent: Claim
Id: tm-claim
Title: "Claim"
Description: "A professional claim for mentoring sessions."
* status MS
* type = http://terminology.hl7.org/CodeSystem/claim-type#professional
* use = #claim
* patient MS
* provider MS
* careTeam 1..* MS
* diagnosis 1..* MS
* insurance MS
* item 1..* MS
* item.encounter MS
* obeys tm-claim-1
