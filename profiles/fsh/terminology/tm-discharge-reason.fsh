CodeSystem: TmDischargeReasonCodes
Id: tm-discharge-reason
Title: "Discharge reason"
Description: "Why mentoring ended."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #goals-met "Goals met; skills used without a mentor"
* #authorization-expired "Authorization ended, not extended"
* #extension-denied "Extension denied"
* #aged-out "Reached age limit"
* #hub-ended "Hub service ended"
* #coverage-lost "Coverage lost"
* #stepped-up "Moved to more intensive care / placement"
* #family-declined "Youth/family withdrew consent"
* #lost-contact "Lost contact"
* #moved "Moved away"
* #other "Other reason"

ValueSet: TmDischargeReasonValueSet
Id: tm-discharge-reason
Title: "Discharge reason"
Description: "Why mentoring ended."
* insert ShareableTerminology
* include codes from system TmDischargeReasonCodes
