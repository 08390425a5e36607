CodeSystem: TmProgramCodes
Id: tm-program
Title: "Program"
Description: "The programs (state, payer, locality) under whose rules a youth receives mentoring."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #state-cys "State children and youth services"
* #masshealth-cbhi "MassHealth CBHI therapeutic mentoring"
* #va-hr-csa "Harrisonburg-Rockingham (VA) CSA therapeutic mentoring"
* #ct-dcf-tss "Connecticut DCF therapeutic support staff"

ValueSet: TmProgramValueSet
Id: tm-program
Title: "Program"
Description: "The programs (state, payer, locality) under whose rules a youth receives mentoring."
* insert ShareableTerminology
* include codes from system TmProgramCodes
