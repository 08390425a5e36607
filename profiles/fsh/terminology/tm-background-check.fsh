CodeSystem: TmBackgroundCheckCodes
Id: tm-background-check
Title: "Background check"
Description: "The kinds of background check."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #criminal-history "Criminal history"
* #child-abuse-registry "Child abuse / neglect registry"
* #sex-offender-registry "Sex offender registry"
* #driving-record "Driving record (transport)"

ValueSet: TmBackgroundCheckValueSet
Id: tm-background-check
Title: "Background check"
Description: "The kinds of background check."
* insert ShareableTerminology
* include codes from system TmBackgroundCheckCodes
