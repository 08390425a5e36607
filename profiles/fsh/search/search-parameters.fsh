// Search parameters of the guide, beside those of R4. The program of a resource is found by the R4 parameter `_tag`.
// https://hl7.org/fhir/R4/searchparameter.html

RuleSet: OurSearchParameter(id, name, base, type)
* url = "https://w3id.org/therapeutic-mentoring/fhir/SearchParameter/{id}"
* version = "0.1.0"
* name = "{name}"
* status = #draft
* experimental = false
* code = #{id}
* base = #{base}
* type = #{type}
* xpathUsage = #normal

Instance: tm-activity
InstanceOf: SearchParameter
Usage: #definition
Title: "Activity of a session"
* insert OurSearchParameter(tm-activity, TmActivitySearch, Encounter, token)
* description = "Sessions with an activity"
* expression = "Encounter.extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-activity').value"

Instance: tm-goal-addressed
InstanceOf: SearchParameter
Usage: #definition
Title: "Goal that a session worked toward"
* insert OurSearchParameter(tm-goal-addressed, TmGoalAddressedSearch, Encounter, reference)
* description = "Sessions that worked toward a goal"
* target = #Goal
* expression = "Encounter.extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-goal-addressed').value"

Instance: tm-recipient
InstanceOf: SearchParameter
Usage: #definition
Title: "Recipient of a document"
* insert OurSearchParameter(tm-recipient, TmRecipientSearch, DocumentReference, reference)
* description = "Documents sent to somebody"
* target[+] = #PractitionerRole
* target[+] = #Practitioner
* target[+] = #Organization
* target[+] = #RelatedPerson
* target[+] = #Patient
* expression = "DocumentReference.extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-recipient').value"

Instance: tm-discharge-reason
InstanceOf: SearchParameter
Usage: #definition
Title: "Reason of discharge"
* insert OurSearchParameter(tm-discharge-reason, TmDischargeReasonSearch, EpisodeOfCare, token)
* description = "Episodes that ended for a reason"
* expression = "EpisodeOfCare.extension.where(url = 'https://w3id.org/therapeutic-mentoring/fhir/StructureDefinition/tm-discharge').extension.where(url = 'reason').value"
