CodeSystem: TmOrganizationKindCodes
Id: tm-organization-kind
Title: "Organization kind"
Description: "What an organization is to the mentoring agency."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #agency "Mentoring agency"
* #payer "Payer"
* #hub-provider "Provider of a hub service"
* #referrer "Referring organization"
* #school "School"
* #court "Court or probation"
* #other "Other organization"

ValueSet: TmOrganizationKindValueSet
Id: tm-organization-kind
Title: "Organization kind"
Description: "What an organization is to the mentoring agency."
* insert ShareableTerminology
* include codes from system TmOrganizationKindCodes
