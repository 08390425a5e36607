Instance: example-coverage
InstanceOf: TmCoverage
Usage: #example
Title: "MassHealth coverage"
* identifier.type = $v2-0203#MB "Member Number"
* identifier.system = "https://masshealth.example.org/members"
* identifier.value = "100200300400"
* status = #active
* type = $sopt#2 "MEDICAID"
* subscriberId = "100200300400"
* beneficiary = Reference(example-youth)
* relationship = $subscriber-relationship#self "Self"
* period.start = "2024-07-01"
* payor = Reference(example-organization-payer)

Instance: example-coverage-va-hr-csa
InstanceOf: TmCoverage
Usage: #example
Title: "CSA funding"
* status = #active
* type.text = "Children's Services Act pool funds"
* subscriberId = "CSA-2025-0871"
* beneficiary = Reference(example-youth-va-hr-csa)
* relationship = $subscriber-relationship#self "Self"
* period.start = "2025-05-01"
* payor = Reference(example-organization-referrer)
