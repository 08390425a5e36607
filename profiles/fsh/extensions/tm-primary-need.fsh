Extension: TmPrimaryNeed
Id: tm-primary-need
Title: "Primary need"
Description: "What the referral mainly asks for (EXT-003)."
Context: ServiceRequest
* value[x] 1..1
* value[x] only code
* value[x] from TmPrimaryNeedValueSet (required)
