// Everybody and everything in the examples is invented.

RuleSet: AtAddress(line, city, state, zip)
* address.use = #home
* address.line = "{line}"
* address.city = "{city}"
* address.state = "{state}"
* address.postalCode = "{zip}"

RuleSet: WorkEmail(email)
* telecom.system = #email
* telecom.use = #work
* telecom.value = "{email}"

RuleSet: HoursPerMonth(hours)
* quantityRatio.numerator = {hours} 'h' "h"
* quantityRatio.denominator = 1 'mo' "mo"

RuleSet: Competency(code)
* extension[competency][+].valueCodeableConcept = TmCompetencyCodes#{code}

RuleSet: InPerson(setting)
* extension[modality].valueCode = #in-person
* extension[setting].valueCodeableConcept = TmSettingCodes#{setting}
* extension[locationAttestation].extension[confidentialityProtected].valueBoolean = true
* extension[locationAttestation].extension[safe].valueBoolean = true

RuleSet: HeldBy(mentor)
* participant.type = $v3-ParticipationType#PPRF "primary performer"
* participant.individual = Reference({mentor})
