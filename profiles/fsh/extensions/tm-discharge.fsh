Extension: TmDischarge
Id: tm-discharge
Title: "Discharge"
Description: "Why mentoring ended and where the youth lives afterwards (CTD-025)."
Context: EpisodeOfCare
* extension contains
    reason 0..1 and
    disposition 0..1
* extension[reason] ^short = "Why mentoring ended"
* extension[reason].value[x] 1..1
* extension[reason].value[x] only CodeableConcept
* extension[reason].value[x] from TmDischargeReasonValueSet (extensible)
* extension[disposition] ^short = "Where the youth lives"
* extension[disposition].value[x] 1..1
* extension[disposition].value[x] only code
* extension[disposition].value[x] from TmDispositionValueSet (required)
