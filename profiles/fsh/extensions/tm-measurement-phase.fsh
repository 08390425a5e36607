Extension: TmMeasurementPhase
Id: tm-measurement-phase
Title: "Measurement phase"
Description: "When in the course of service the outcome was measured."
Context: Observation
* value[x] 1..1
* value[x] only code
* value[x] from TmMeasurementPhaseValueSet (required)
