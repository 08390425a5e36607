CodeSystem: TmHubServiceCodes
Id: tm-hub-service
Title: "Hub service"
Description: "The clinical services that can carry a MassHealth mentoring referral. The program names exactly these three."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #outpatient-therapy "Outpatient Therapy (OP)"
* #in-home-therapy "In-Home Therapy (IHT)"
* #intensive-care-coordination "Intensive Care Coordination (ICC)"

ValueSet: TmHubServiceValueSet
Id: tm-hub-service
Title: "Hub service"
Description: "The clinical services that can carry a MassHealth mentoring referral. The program names exactly these three."
* insert ShareableTerminology
* include codes from system TmHubServiceCodes
