CodeSystem: TmLivingSituationCodes
Id: tm-living-situation
Title: "Living situation"
Description: "Where the youth lives at the time of the referral."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #home "At home with parents"
* #kinship "With relatives or other kin"
* #foster-home "Foster home"
* #therapeutic-foster-home "Therapeutic foster home"
* #group-home "Group home"
* #residential-with-plan-home "Residential treatment, with a plan to return home"
* #residential-without-plan-home "Residential treatment, without a plan to return home"
* #shelter "Shelter"
* #independent "Independent living"
* #other "Other living situation"

ValueSet: TmLivingSituationValueSet
Id: tm-living-situation
Title: "Living situation"
Description: "Where the youth lives at the time of the referral."
* insert ShareableTerminology
* include codes from system TmLivingSituationCodes
