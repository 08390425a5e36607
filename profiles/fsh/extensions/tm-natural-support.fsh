Extension: TmNaturalSupport
Id: tm-natural-support
Title: "Natural support"
Description: "A tie to a natural community support (CTD-021)."
Context: EpisodeOfCare
* extension contains
    type 0..1 and
    name 0..1 and
    formallyConnectedOn 0..1
* extension[type] ^short = "Kind of support"
* extension[type].value[x] 1..1
* extension[type].value[x] only code
* extension[type].value[x] from TmNaturalSupportTypeValueSet (extensible)
* extension[name] ^short = "The person or group"
* extension[name].value[x] 1..1
* extension[name].value[x] only string
* extension[formallyConnectedOn] ^short = "Day the tie was formally made"
* extension[formallyConnectedOn].value[x] 1..1
* extension[formallyConnectedOn].value[x] only date
