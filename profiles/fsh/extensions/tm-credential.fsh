Extension: TmCredential
Id: tm-credential
Title: "Credential"
Description: "A degree, training, background check or license of a staff member. PractitionerRole has no qualification element in R4; here one role can be judged alone."
Context: PractitionerRole
* extension contains
    kind 1..1 and
    code 0..1 and
    field 0..1 and
    issued 0..1 and
    expires 0..1 and
    result 0..1 and
    issuer 0..1 and
    number 0..1 and
    text 0..1
* extension[kind] ^short = "degree | training | background-check | license"
* extension[kind].value[x] 1..1
* extension[kind].value[x] only code
* extension[kind].value[x] from TmCredentialKindValueSet (required)
* extension[code] ^short = "Which degree, training topic, check or license"
* extension[code].value[x] 1..1
* extension[code].value[x] only CodeableConcept
* extension[code].value[x] from TmCredentialCodeValueSet (extensible)
* extension[field] ^short = "Field of the degree or license"
* extension[field].value[x] 1..1
* extension[field].value[x] only code
* extension[field].value[x] from TmFieldOfStudyValueSet (required)
* extension[issued] ^short = "Day it was awarded, completed or issued"
* extension[issued].value[x] 1..1
* extension[issued].value[x] only date
* extension[expires] ^short = "Last day it is valid"
* extension[expires].value[x] 1..1
* extension[expires].value[x] only date
* extension[result] ^short = "Result of a background check"
* extension[result].value[x] 1..1
* extension[result].value[x] only code
* extension[result].value[x] from TmCheckResultValueSet (required)
* extension[issuer] ^short = "School, board or agency"
* extension[issuer].value[x] 1..1
* extension[issuer].value[x] only string
* extension[number] ^short = "License or certificate number"
* extension[number].value[x] 1..1
* extension[number].value[x] only string
* extension[text] ^short = "The credential in words"
* extension[text].value[x] 1..1
* extension[text].value[x] only string
