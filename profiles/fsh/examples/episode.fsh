Instance: example-episode
InstanceOf: TmEpisode
Usage: #example
Title: "Mentoring of the youth in Massachusetts"
* meta.tag = TmProgramCodes#masshealth-cbhi
* extension[intensityWeight].valueDecimal = 1.5
* status = #active
* type = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* diagnosis.condition = Reference(example-diagnosis)
* patient = Reference(example-youth)
* managingOrganization = Reference(example-organization)
* period.start = "2025-03-17"
* referralRequest = Reference(example-referral-masshealth-cbhi)
* team = Reference(example-care-team)

Instance: example-episode-hub
InstanceOf: TmEpisode
Usage: #example
Title: "In-home therapy that the mentoring depends on"
* status = #active
* type = TmHubServiceCodes#in-home-therapy "In-Home Therapy (IHT)"
* patient = Reference(example-youth)
* managingOrganization = Reference(example-organization-hub-provider)
* period.start = "2025-02-03"

Instance: example-episode-va-hr-csa
InstanceOf: TmEpisode
Usage: #example
Title: "Mentoring of the youth in Virginia"
* meta.tag = TmProgramCodes#va-hr-csa
* status = #active
* type = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* patient = Reference(example-youth-va-hr-csa)
* managingOrganization = Reference(example-organization)
* period.start = "2025-05-01"
* referralRequest = Reference(example-referral-va-hr-csa)

Instance: example-episode-ct-dcf-tss
InstanceOf: TmEpisodeCtDcfTss
Usage: #example
Title: "Finished mentoring of the youth in Connecticut"
* meta.tag = TmProgramCodes#ct-dcf-tss
* extension[discharge].extension[reason].valueCodeableConcept = TmDischargeReasonCodes#goals-met
* extension[discharge].extension[disposition].valueCode = #home
* extension[naturalSupport].extension[type].valueCode = #community-group
* extension[naturalSupport].extension[name].valueString = "Hartford skateboard co-op"
* extension[naturalSupport].extension[formallyConnectedOn].valueDate = "2025-07-01"
* status = #finished
* type = TmServiceCodes#therapeutic-mentoring "Therapeutic mentoring"
* patient = Reference(example-youth-ct-dcf-tss)
* managingOrganization = Reference(example-organization)
* period.start = "2025-02-18"
* period.end = "2025-08-15"
* referralRequest = Reference(example-referral-ct-dcf-tss)
