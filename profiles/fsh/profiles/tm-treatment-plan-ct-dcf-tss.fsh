Profile: TmTreatmentPlanCtDcfTss
Parent: TmTreatmentPlan
Id: tm-treatment-plan-ct-dcf-tss
Title: "Mentoring plan, Connecticut DCF"
Description: "A plan informed by the psychosocial, developmental and treatment needs and goals of the child."
* obeys tm-ctd-cp-1
