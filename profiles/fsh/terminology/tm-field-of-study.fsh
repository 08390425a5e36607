CodeSystem: TmFieldOfStudyCodes
Id: tm-field-of-study
Title: "Field of study"
Description: "The field of a degree or licence, as the staffing rules see it."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #mental-health "Mental health"
* #substance-use "Substance use"
* #human-services "Related human services"
* #other "Other"

ValueSet: TmFieldOfStudyValueSet
Id: tm-field-of-study
Title: "Field of study"
Description: "The field of a degree or licence, as the staffing rules see it."
* insert ShareableTerminology
* include codes from system TmFieldOfStudyCodes
