CodeSystem: TmMeasurementPhaseCodes
Id: tm-measurement-phase
Title: "Measurement phase"
Description: "When in the course of service an outcome was measured."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #baseline "Baseline, at the start of service"
* #follow-up "Follow-up during service"
* #discharge "At discharge"

ValueSet: TmMeasurementPhaseValueSet
Id: tm-measurement-phase
Title: "Measurement phase"
Description: "When in the course of service an outcome was measured."
* insert ShareableTerminology
* include codes from system TmMeasurementPhaseCodes
