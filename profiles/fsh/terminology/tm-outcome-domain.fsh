CodeSystem: TmOutcomeDomainCodes
Id: tm-outcome-domain
Title: "Outcome domain"
Description: "The areas of life in which long-term outcomes are looked for."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #home "Home"
* #community "Community"
* #career "Career"
* #peer "Peer"
* #education "Education/academic"

ValueSet: TmOutcomeDomainValueSet
Id: tm-outcome-domain
Title: "Outcome domain"
Description: "The areas of life in which long-term outcomes are looked for."
* insert ShareableTerminology
* include codes from system TmOutcomeDomainCodes
