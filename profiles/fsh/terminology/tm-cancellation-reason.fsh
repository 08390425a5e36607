CodeSystem: TmCancellationReasonCodes
Id: tm-cancellation-reason
Title: "Cancellation reason"
Description: "Why a planned session did not take place."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #no-show "Youth did not come"
* #cancelled-by-youth "Cancelled by the youth"
* #cancelled-by-family "Cancelled by the family"
* #cancelled-by-mentor "Cancelled by the mentor"
* #weather "Weather"
* #illness "Illness"
* #other "Other reason"

ValueSet: TmCancellationReasonValueSet
Id: tm-cancellation-reason
Title: "Cancellation reason"
Description: "Why a planned session did not take place."
* insert ShareableTerminology
* include codes from system TmCancellationReasonCodes
