// https://hl7.org/fhir/R4/goal.html; US Core: us-core-goal
//
// A goal is categorized on up to four axes, each coded in its own system and sliced by it.

Profile: TmGoal
Parent: Goal
Id: tm-goal
Title: "Mentoring goal"
Description: "What the youth is to reach with the mentor."
* lifecycleStatus MS
* achievementStatus MS
* category MS
* insert SlicedByPattern(category)
* category contains skill 0..* and need 0..* and lifeArea 0..* and outcomeDomain 0..*
* insert CodedIn(category[skill], tm-skill)
* category[skill] from TmSkillValueSet (extensible)
* insert CodedIn(category[need], tm-need-domain)
* category[need] from TmNeedDomainValueSet (required)
* insert CodedIn(category[lifeArea], tm-life-area)
* category[lifeArea] from TmLifeAreaValueSet (required)
* insert CodedIn(category[outcomeDomain], tm-outcome-domain)
* category[outcomeDomain] from TmOutcomeDomainValueSet (extensible)
* description MS
* subject only Reference(Patient)
* subject MS
* start[x] MS
* target MS
* target.due[x] MS
* expressedBy MS
* addresses MS
* outcomeCode from TmOutcomeValueSet (extensible)
* extension contains
    TmGoalAchievable named achievable 0..1 and
    TmGoalBaseline named baseline 0..1 and
    TmIfspGoal named ifspGoal 0..*
* obeys tm-goal-1 and tm-goal-2 and tm-goal-3
