CodeSystem: TmSignatureRoleCodes
Id: tm-signature-role
Title: "Signature role"
Description: "In which capacity a document was signed."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #author "Author"
* #co-signer "Co-signer"

ValueSet: TmSignatureRoleValueSet
Id: tm-signature-role
Title: "Signature role"
Description: "In which capacity a document was signed."
* insert ShareableTerminology
* include codes from system TmSignatureRoleCodes
