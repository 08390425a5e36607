ValueSet: TmCredentialCodeValueSet
Id: tm-credential-code
Title: "Credential code"
Description: "What a credential is: a degree, a training topic, a background check or a license, as its kind says."
* insert ShareableTerminology
* include codes from valueset TmDegreeRecordedValueSet
* include codes from valueset TmTrainingTopicValueSet
* include codes from valueset TmBackgroundCheckValueSet
* include codes from valueset TmLicenseValueSet
