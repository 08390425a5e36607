// https://hl7.org/fhir/R4/episodeofcare.html

Profile: TmEpisode
Parent: EpisodeOfCare
Id: tm-episode
Title: "Episode"
Description: "The time during which a youth is mentored, or receives the hub service that mentoring depends on."
* status MS
* type 1..* MS
* type from TmEpisodeTypeValueSet (extensible)
* patient MS
* managingOrganization MS
* period MS
* referralRequest MS
* careManager MS
* team MS
* extension contains
    TmIntensityWeight named intensityWeight 0..1 and
    TmDischarge named discharge 0..1 and
    TmNaturalSupport named naturalSupport 0..*
* obeys tm-ep-1
