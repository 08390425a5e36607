CodeSystem: TmDispositionCodes
Id: tm-disposition
Title: "Disposition"
Description: "Where the youth lives after discharge."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #home "Home"
* #kinship "With relatives or other kin"
* #foster-home "Foster home"
* #therapeutic-foster-home "Therapeutic foster home"
* #residential "Residential treatment"
* #independent-living "Independent living"
* #hospital "Hospital"
* #detention "Detention"
* #unknown "Unknown"

ValueSet: TmDispositionValueSet
Id: tm-disposition
Title: "Disposition"
Description: "Where the youth lives after discharge."
* insert ShareableTerminology
* include codes from system TmDispositionCodes
