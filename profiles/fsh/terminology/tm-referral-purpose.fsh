CodeSystem: TmReferralPurposeCodes
Id: tm-referral-purpose
Title: "Referral purpose"
Description: "What a Connecticut referral is for."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #step-down-discharge "Facilitate discharge from a more restrictive setting"
* #community-maintenance "Maintain youth in the community"

ValueSet: TmReferralPurposeValueSet
Id: tm-referral-purpose
Title: "Referral purpose"
Description: "What a Connecticut referral is for."
* insert ShareableTerminology
* include codes from system TmReferralPurposeCodes
