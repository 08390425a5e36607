// The type is bound extensibly although the list is closed: a referral that names another service is stored and
// judged by rule MAH-018, not refused as malformed.

Extension: TmHubService
Id: tm-hub-service
Title: "Hub service"
Description: "The clinical service that the youth already receives and that carries the referral (MAH-018, MAH-019)."
Context: ServiceRequest
* extension contains
    type 0..1 and
    provider 0..1 and
    startDate 0..1 and
    endDate 0..1 and
    episode 0..1
* extension[type] ^short = "Outpatient therapy, in-home therapy or intensive care coordination"
* extension[type].value[x] 1..1
* extension[type].value[x] only CodeableConcept
* extension[type].value[x] from TmHubServiceValueSet (extensible)
* extension[provider] ^short = "Who provides it"
* extension[provider].value[x] 1..1
* extension[provider].value[x] only Reference(Organization or Practitioner or PractitionerRole)
* extension[startDate] ^short = "First day of the hub service"
* extension[startDate].value[x] 1..1
* extension[startDate].value[x] only date
* extension[endDate] ^short = "Last day of the hub service"
* extension[endDate].value[x] 1..1
* extension[endDate].value[x] only date
* extension[episode] ^short = "The episode of the hub service"
* extension[episode].value[x] 1..1
* extension[episode].value[x] only Reference(EpisodeOfCare)
