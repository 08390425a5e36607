CodeSystem: TmNeedDomainCodes
Id: tm-need-domain
Title: "Need domain"
Description: "The three domains of need that mentoring addresses."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #daily-living "Daily living needs"
* #social "Social needs"
* #communication "Communication needs"

ValueSet: TmNeedDomainValueSet
Id: tm-need-domain
Title: "Need domain"
Description: "The three domains of need that mentoring addresses."
* insert ShareableTerminology
* include codes from system TmNeedDomainCodes
