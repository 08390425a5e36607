Extension: TmLocationAttestation
Id: tm-location-attestation
Title: "Location attestation"
Description: "The mentor attests that the place protected confidentiality and was safe (CYS-045)."
Context: Encounter
* extension contains
    confidentialityProtected 0..1 and
    safe 0..1
* extension[confidentialityProtected] ^short = "Confidentiality was protected"
* extension[confidentialityProtected].value[x] 1..1
* extension[confidentialityProtected].value[x] only boolean
* extension[safe] ^short = "Youth and mentor were safe"
* extension[safe].value[x] 1..1
* extension[safe].value[x] only boolean
