// Constraints that several profiles share.

// Slices a list of concepts by the code system or code that each slice states as a pattern; others stay beside them.
// https://hl7.org/fhir/R4/profiling.html#slicing
RuleSet: SlicedByPattern(path)
* {path} ^slicing.discriminator.type = #pattern
* {path} ^slicing.discriminator.path = "$this"
* {path} ^slicing.rules = #open

// One slice per code system: what is coded in this system, and only that, belongs to the slice.
RuleSet: CodedIn(path, system)
* {path} ^patternCodeableConcept.coding.system = "https://w3id.org/therapeutic-mentoring/fhir/CodeSystem/{system}"

// What US Core asks of an identifier wherever it appears.
RuleSet: IdentifierNamed
* identifier.system 1..1
* identifier.value 1..1

// A role, person or organization can be reached.
RuleSet: TelecomComplete
* telecom.system 1..1
* telecom.value 1..1
