CodeSystem: TmLicenseCodes
Id: tm-license
Title: "License"
Description: "Licences of mental health and substance use professionals."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #LICSW "Licensed independent clinical social worker"
* #LCSW "Licensed clinical social worker"
* #LMHC "Licensed mental health counselor"
* #LPC "Licensed professional counselor"
* #LMFT "Licensed marriage and family therapist"
* #LADC "Licensed alcohol and drug counselor"
* #PSY "Psychologist"
* #PMHNP "Psychiatric nurse practitioner"
* #MD-PSYCH "Psychiatrist"

ValueSet: TmLicenseValueSet
Id: tm-license
Title: "License"
Description: "Licences of mental health and substance use professionals."
* insert ShareableTerminology
* include codes from system TmLicenseCodes
