// https://hl7.org/fhir/R4/organization.html; US Core: us-core-organization

Profile: TmOrganization
Parent: Organization
Id: tm-organization
Title: "Organization"
Description: "The mentoring agency, a payer, a hub provider, a referrer, a school or a court."
* identifier MS
* identifier obeys tm-npi-1
* active 1..1 MS
* type MS
* insert SlicedByPattern(type)
* type contains kind 0..*
* insert CodedIn(type[kind], tm-organization-kind)
* type[kind] from TmOrganizationKindValueSet (required)
* name 1..1 MS
* telecom MS
* address MS
* extension contains TmContractAttestation named contractAttestation 0..1
