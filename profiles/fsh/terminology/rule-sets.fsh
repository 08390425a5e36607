// What every code system and value set of the guide states about itself.
// https://hl7.org/fhir/R4/shareablecodesystem.html, https://hl7.org/fhir/R4/shareablevalueset.html

RuleSet: ShareableTerminology
* ^experimental = false

RuleSet: CompleteCodeSystem
* ^caseSensitive = true
* ^content = #complete
