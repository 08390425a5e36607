CodeSystem: TmCommunicationCategoryCodes
Id: tm-communication-category
Title: "Communication category"
Description: "What a communication is about."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #family-feedback "Feedback to the family"
* #hub-contact "Contact with the hub provider"

ValueSet: TmCommunicationCategoryValueSet
Id: tm-communication-category
Title: "Communication category"
Description: "What a communication is about."
* insert ShareableTerminology
* include codes from system TmCommunicationCategoryCodes
