// https://hl7.org/fhir/R4/coverage.html; US Core: us-core-coverage

Profile: TmCoverage
Parent: Coverage
Id: tm-coverage
Title: "Coverage"
Description: "What pays for the mentoring: an insurance or a public fund."
* identifier MS
* status MS
* type MS
* subscriberId MS
* beneficiary MS
* relationship 1..1 MS
* period MS
* payor 1..1 MS
* class MS
* obeys tm-cov-1
