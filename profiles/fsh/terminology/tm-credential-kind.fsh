CodeSystem: TmCredentialKindCodes
Id: tm-credential-kind
Title: "Credential kind"
Description: "The kinds of credential."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #degree "Degree"
* #training "Training"
* #background-check "Background check"
* #license "License"

ValueSet: TmCredentialKindValueSet
Id: tm-credential-kind
Title: "Credential kind"
Description: "The kinds of credential."
* insert ShareableTerminology
* include codes from system TmCredentialKindCodes
