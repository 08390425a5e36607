// Structure of an Identifier. US Core checks the same digits (us-core-16, us-core-17) with the Luhn algorithm over 80840 + NPI.
// https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf
// Ids: profiles/programs/catalogue.json. https://hl7.org/fhir/R4/conformance-rules.html#constraints

Invariant: tm-npi-1
Description: "An NPI has ten digits and a right check digit."
Severity: #error
Expression: "(system = 'http://hl7.org/fhir/sid/us-npi') implies (value.matches('^[0-9]{10}$') and (iif(value.substring(0,1).toInteger() < 5, value.substring(0,1).toInteger() * 2, value.substring(0,1).toInteger() * 2 - 9) + value.substring(1,1).toInteger() + iif(value.substring(2,1).toInteger() < 5, value.substring(2,1).toInteger() * 2, value.substring(2,1).toInteger() * 2 - 9) + value.substring(3,1).toInteger() + iif(value.substring(4,1).toInteger() < 5, value.substring(4,1).toInteger() * 2, value.substring(4,1).toInteger() * 2 - 9) + value.substring(5,1).toInteger() + iif(value.substring(6,1).toInteger() < 5, value.substring(6,1).toInteger() * 2, value.substring(6,1).toInteger() * 2 - 9) + value.substring(7,1).toInteger() + iif(value.substring(8,1).toInteger() < 5, value.substring(8,1).toInteger() * 2, value.substring(8,1).toInteger() * 2 - 9) + value.substring(9,1).toInteger() + 24) mod 10 = 0)"
* requirements = "STR-012: An NPI has ten digits and a right check digit."
