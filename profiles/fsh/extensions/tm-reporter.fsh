Extension: TmReporter
Id: tm-reporter
Title: "Reporter"
Description: "Who reported the outcome."
Context: Observation
* value[x] 1..1
* value[x] only code
* value[x] from TmReporterValueSet (required)
