Profile: TmTreatmentPlanVaHrCsa
Parent: TmTreatmentPlan
Id: tm-treatment-plan-va-hr-csa
Title: "Mentoring plan, Harrisonburg-Rockingham CSA"
Description: "The provider's plan, set with the case manager, with its discharge planning."
* obeys tm-hrc-cp-1 and tm-hrc-cp-2 and tm-hrc-cp-3
