// Shapes that several mentoring records share. Inserted with `* insert`.

RuleSet: AddressFields(path)
* {path}.lines 0..4 string "Street lines" "Street lines, one each, in the order they are written on an envelope."
* {path}.city 0..1 string "City or town" "City or town. Rules that compare places compare this and the postal code."
* {path}.state 0..1 string "State, two letters" "USPS state code, such as MA."
* {path}.state ^maxLength = 2
* {path}.postalCode 0..1 string "ZIP code" "ZIP code, five or nine digits."

RuleSet: IdentifierFields(path)
* {path}.system 1..1 uri "Who issued it" "URI of the system that issued the identifier, such as https://payer.example/member-id. A payer or state that has none gets one of your own, under a domain of yours."
* {path}.value 1..1 string "The identifier" "The identifier as issued."

RuleSet: Program
* program 1..1 code "Program" "Program under which this happens; decides which rules judge the record."
* program from $VS_program (required)

RuleSet: RecordId(what)
* id 1..1 string "Your id of {what}" "The id your own system uses for {what}. It is the last part of the URL, is never reused, and later writes with the same id update the same FHIR resources. 1 to 64 letters, digits or . _ : @ + ~ / -, without an empty part, . or .. between slashes."
