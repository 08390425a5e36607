Profile: TmIfspVaHrCsa
Parent: TmTreatmentPlan
Id: tm-ifsp-va-hr-csa
Title: "Individual Family Services Plan, Harrisonburg-Rockingham CSA"
Description: "The family services plan of the CSA team, with the services explored before mentoring was requested."
* category[planType] = TmPlanTypeCodes#ifsp
* obeys tm-hrc-ifsp-1
