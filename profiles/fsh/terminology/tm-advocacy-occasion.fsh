CodeSystem: TmAdvocacyOccasionCodes
Id: tm-advocacy-occasion
Title: "Advocacy occasion"
Description: "The occasions on which a mentor acts as advocate or liaison."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #court-hearing "Court hearing"
* #child-welfare "Child welfare"
* #trauma-sensitive-environment "Environment that may invoke trauma reactions"

ValueSet: TmAdvocacyOccasionValueSet
Id: tm-advocacy-occasion
Title: "Advocacy occasion"
Description: "The occasions on which a mentor acts as advocate or liaison."
* insert ShareableTerminology
* include codes from system TmAdvocacyOccasionCodes
