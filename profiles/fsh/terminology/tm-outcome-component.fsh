CodeSystem: TmOutcomeComponentCodes
Id: tm-outcome-component
Title: "Outcome component"
Description: "The parts of an outcome that has several."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #prior-involvement "Prior juvenile justice involvement"
* #new-arrest "New arrest since the last measurement"
* #new-adjudication "New adjudication since the last measurement"
* #detention-days "Days in detention since the last measurement"
* #out-of-home-days "Days in out-of-home placement since the last measurement"

ValueSet: TmOutcomeComponentValueSet
Id: tm-outcome-component
Title: "Outcome component"
Description: "The parts of an outcome that has several."
* insert ShareableTerminology
* include codes from system TmOutcomeComponentCodes
