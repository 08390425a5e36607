CodeSystem: TmBarrierCodes
Id: tm-barrier
Title: "Barrier"
Description: "What stood in the way of a session or of engagement."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #engagement-youth "Hard to engage youth"
* #engagement-family "Hard to engage family"
* #trauma "Trauma history"
* #trust "Trust issues"
* #system-integration "Coordination with other systems"
* #resources-funding-time "Limited resources, funding, time"
* #no-show "No show"
* #transport "Transport"

ValueSet: TmBarrierValueSet
Id: tm-barrier
Title: "Barrier"
Description: "What stood in the way of a session or of engagement."
* insert ShareableTerminology
* include codes from system TmBarrierCodes
