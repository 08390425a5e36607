Extension: TmReferralPurpose
Id: tm-referral-purpose
Title: "Referral purpose"
Description: "What a Connecticut referral is for (CTD-024)."
Context: ServiceRequest
* value[x] 1..1
* value[x] only code
* value[x] from TmReferralPurposeValueSet (required)
