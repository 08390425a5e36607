// https://hl7.org/fhir/R4/careplan.html; US Core: us-core-careplan
//
// US Core 6.1.0 asks for the category assess-plan, 9.0.0 no longer does: it is always sent.

Alias: $careplan-category = http://hl7.org/fhir/us/core/CodeSystem/careplan-category

Profile: TmTreatmentPlan
Parent: CarePlan
Id: tm-treatment-plan
Title: "Mentoring plan"
Description: "The plan that mentoring works under: the provider's own plan, or the plan of a hub provider or a team that it carries out."
* text MS
* status MS
* intent MS
* category 2..* MS
* insert SlicedByPattern(category)
* category contains assessPlan 1..1 and planType 1..1
* category[assessPlan] = $careplan-category#assess-plan
* insert CodedIn(category[planType], tm-plan-type)
* category[planType] from TmPlanTypeValueSet (required)
* subject only Reference(Patient)
* subject MS
* period MS
* author MS
* contributor MS
* careTeam MS
* addresses MS
* goal MS
* supportingInfo MS
* activity MS
* activity.detail.code from TmActivityRecordedValueSet (extensible)
* activity.detail.reasonCode from TmServiceObjectiveValueSet (extensible)
* extension contains
    TmStrength named strength 0..* and
    TmDischargePlan named dischargePlan 0..1 and
    TmAlternativeService named alternativeService 0..* and
    TmCulturalConsideration named culturalConsideration 0..* and
    TmIfspGoal named ifspGoal 0..*
* obeys tm-cp-1 and tm-cp-2 and tm-cp-3
