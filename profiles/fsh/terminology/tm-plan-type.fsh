CodeSystem: TmPlanTypeCodes
Id: tm-plan-type
Title: "Plan type"
Description: "The kinds of plan that mentoring works under."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #treatment-plan "Treatment plan"
* #behavioral-treatment-plan "Behavioral treatment plan (OP/IHT hub)"
* #individual-care-plan "Individual Care Plan (ICC)"
* #wellness-recovery-plan "Wellness/Recovery Action Plan"
* #ifsp "Individual Family Services Plan (CSA)"
* #provider-plan "Provider's mentoring plan"
* #individualized-service-plan "System of Care Individualized Service Plan"

ValueSet: TmPlanTypeValueSet
Id: tm-plan-type
Title: "Plan type"
Description: "The kinds of plan that mentoring works under."
* insert ShareableTerminology
* include codes from system TmPlanTypeCodes
