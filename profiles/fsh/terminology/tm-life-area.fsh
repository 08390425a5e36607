CodeSystem: TmLifeAreaCodes
Id: tm-life-area
Title: "Life area"
Description: "The major life areas that Connecticut ties goals to."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #educational-achievement "Educational achievement"
* #health-safety-wellbeing "Health, safety and well-being"
* #social-emotional-development "Social and emotional development"

ValueSet: TmLifeAreaValueSet
Id: tm-life-area
Title: "Life area"
Description: "The major life areas that Connecticut ties goals to."
* insert ShareableTerminology
* include codes from system TmLifeAreaCodes
