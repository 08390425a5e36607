// https://hl7.org/fhir/R4/encounter.html; US Core: us-core-encounter
//
// Activities, goals, setting and the rest are optional here although programs ask for them: a session is a fact that
// is stored, and the rules judge it.

Profile: TmSession
Parent: Encounter
Id: tm-session
Title: "Mentoring session or contact"
Description: "A session of mentor and youth, or another contact on the youth's behalf."
* insert IdentifierNamed
* identifier MS
* status MS
* class MS
* type 1..* MS
* insert SlicedByPattern(type)
* type contains contact 1..1
* insert CodedIn(type[contact], tm-encounter-type)
* type[contact] from TmEncounterTypeValueSet (required)
* serviceType 1..1 MS
* serviceType.coding 1..*
* insert SlicedByPattern(serviceType.coding)
* serviceType.coding contains mentoring 1..1
* serviceType.coding[mentoring] = TmServiceCodes#therapeutic-mentoring
* subject 1..1 MS
* subject only Reference(Patient)
* episodeOfCare MS
* basedOn MS
* participant MS
* participant.type MS
* participant.individual MS
* period MS
* reasonCode MS
* insert SlicedByPattern(reasonCode)
* reasonCode contains advocacyOccasion 0..*
* insert CodedIn(reasonCode[advocacyOccasion], tm-advocacy-occasion)
* reasonCode[advocacyOccasion] from TmAdvocacyOccasionValueSet (extensible)
* location MS
* serviceProvider MS
* extension contains
    TmActivity named activity 0..* and
    TmTechnique named technique 0..* and
    TmGoalAddressed named goalAddressed 0..* and
    TmModality named modality 0..1 and
    TmSetting named setting 0..1 and
    TmLocationAttestation named locationAttestation 0..1 and
    TmTransportDestination named transportDestination 0..* and
    TmTransportMiles named transportMiles 0..1 and
    TmParticipantPreference named participantPreference 0..* and
    TmPlanReference named planReference 0..* and
    TmCapableOfSelf named capableOfSelf 0..1 and
    TmEvidenceBasedPractice named evidenceBasedPractice 0..* and
    TmBarrier named barrier 0..* and
    TmCancellationReason named cancellationReason 0..1
* obeys tm-enc-1 and tm-enc-2 and tm-enc-3 and tm-enc-4 and tm-enc-5 and tm-enc-6 and tm-enc-7 and tm-enc-8 and tm-enc-9 and tm-enc-10 and tm-enc-11 and tm-enc-12
* obeys tm-enc-20 and tm-enc-21
