Extension: TmContractAttestation
Id: tm-contract-attestation
Title: "Contract attestation"
Description: "Day on which the provider showed that it can deliver therapeutic interventions for individualized goals (HRC-029)."
Context: HealthcareService, Organization
* value[x] 1..1
* value[x] only date
