Extension: TmLivingSituation
Id: tm-living-situation
Title: "Living situation"
Description: "Where the youth lives at the time of the referral (EXT-004)."
Context: ServiceRequest
* value[x] 1..1
* value[x] only code
* value[x] from TmLivingSituationValueSet (required)
