// https://hl7.org/fhir/R4/servicerequest.html; US Core: us-core-servicerequest

Profile: TmReferral
Parent: ServiceRequest
Id: tm-referral
Title: "Mentoring referral or authorization"
Description: "A request for therapeutic mentoring: the referral of a youth, an authorization, or its extension."
* category 1..* MS
* insert SlicedByPattern(category)
* category contains program 1..1
* insert CodedIn(category[program], tm-program)
* category[program] from TmProgramValueSet (required)
* category[program] ^short = "The program under whose rules the request is judged"
* code 1..1 MS
* code.coding 1..*
* insert SlicedByPattern(code.coding)
* code.coding contains mentoring 1..1 and hcpcs 0..1
* code.coding[mentoring] = TmServiceCodes#therapeutic-mentoring
* code.coding[mentoring] ^short = "Our code; SNOMED CT or HCPCS codes stay beside it"
* code.coding[hcpcs] ^patternCoding.system = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
* subject only Reference(Patient)
* subject MS
* status MS
* intent MS
* authoredOn MS
* requester MS
* performer MS
* occurrence[x] MS
* quantity[x] MS
* reasonCode MS
* insert SlicedByPattern(reasonCode)
* reasonCode contains targetPopulation 0..* and presentingIssue 0..* and diagnosis 0..*
* insert CodedIn(reasonCode[targetPopulation], tm-target-population)
* reasonCode[targetPopulation] from TmTargetPopulationValueSet (extensible)
* insert CodedIn(reasonCode[presentingIssue], tm-presenting-issue)
* reasonCode[presentingIssue] from TmPresentingIssueValueSet (example)
* reasonCode[diagnosis] ^patternCodeableConcept.coding.system = "http://hl7.org/fhir/sid/icd-10-cm"
* reasonReference MS
* insurance MS
* supportingInfo MS
* supportingInfo ^short = "Goals asked for, the plan, assessments"
* replaces ^short = "The authorization that this one extends"
* extension contains
    TmTreatmentStatus named treatmentStatus 0..1 and
    TmHubService named hubService 0..* and
    TmAuthorizationSequence named authorizationSequence 0..1 and
    TmApproval named approval 0..* and
    TmDischargePlanningDiscussion named dischargePlanningDiscussion 0..* and
    TmReferralPurpose named referralPurpose 0..1 and
    TmLivingSituation named livingSituation 0..1 and
    TmPrimaryNeed named primaryNeed 0..1
* obeys tm-sr-1
