// https://hl7.org/fhir/R4/observation.html; US Core: us-core-observation-screening-assessment and us-core-simple-observation

Profile: TmOutcome
Parent: Observation
Id: tm-outcome
Title: "Outcome"
Description: "An outcome of mentoring or the score of an assessment, at baseline or later."
* status MS
* category 1..* MS
* code MS
* code from TmOutcomeOrAssessmentValueSet (extensible)
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* performer MS
* value[x] MS
* dataAbsentReason MS
* method MS
* method ^short = "The instrument; only scores of the same instrument are compared"
* component.code from TmOutcomeComponentValueSet (extensible)
* extension contains
    TmMeasurementPhase named measurementPhase 0..1 and
    TmReporter named reporter 0..1
* obeys tm-obs-1 and tm-obs-2 and tm-obs-3 and tm-obs-4
