CodeSystem: TmEncounterTypeCodes
Id: tm-encounter-type
Title: "Encounter type"
Description: "The kinds of contact a mentoring agency records."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #session "Mentoring session"
* #intake "Intake / first meeting with the child"
* #collateral-contact "Contact with others on behalf of the client"
* #family-contact "Contact with the family"
* #team-meeting "Care team, FAPT or CPMT meeting"

ValueSet: TmEncounterTypeValueSet
Id: tm-encounter-type
Title: "Encounter type"
Description: "The kinds of contact a mentoring agency records."
* insert ShareableTerminology
* include codes from system TmEncounterTypeCodes
