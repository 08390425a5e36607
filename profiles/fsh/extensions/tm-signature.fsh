Extension: TmSignature
Id: tm-signature
Title: "Signature"
Description: "Who signed the document, when and in which capacity."
Context: DocumentReference
* extension contains
    signer 1..1 and
    signedAt 1..1 and
    role 1..1
* extension[signer] ^short = "Who signed"
* extension[signer].value[x] 1..1
* extension[signer].value[x] only Reference(PractitionerRole or Practitioner or RelatedPerson or Patient)
* extension[signedAt] ^short = "When"
* extension[signedAt].value[x] 1..1
* extension[signedAt].value[x] only dateTime
* extension[role] ^short = "author | co-signer"
* extension[role].value[x] 1..1
* extension[role].value[x] only code
* extension[role].value[x] from TmSignatureRoleValueSet (required)
