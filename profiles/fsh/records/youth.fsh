Logical: MentoringYouth
Id: mentoring-youth
Title: "Youth record"
Description: "A child or youth, with guardians, identifiers and coverage. Becomes a Patient, a RelatedPerson for each guardian and a Coverage for each coverage."
* insert RecordId(this youth)
* family 1..1 string "Family name" "Family name."
* given 1..* string "Given names" "Given names, first one first."
* preferredName 0..1 string "Preferred name" "The name the youth goes by."
* birthDate 1..1 date "Date of birth" "Year, month and day; less only when that is all that is known (MAH-016 asks for the full date)."
* gender 1..1 code "Administrative gender" "Administrative gender as the payer holds it."
* gender from http://hl7.org/fhir/ValueSet/administrative-gender (required)
* race 0..* code "Race" "OMB race categories, where held."
* race from $VS_race (required)
* ethnicity 0..1 code "Ethnicity" "OMB ethnicity category, where held."
* ethnicity from $VS_ethnicity (required)
* identifiers 0..* BackboneElement "Identifiers" "Member, case and state ids that others issued, such as a Medicaid id, a CSA case number or a LINK id."
* insert IdentifierFields(identifiers)
* phone 0..1 string "Telephone" "The youth's telephone number."
* email 0..1 string "E-mail" "The youth's e-mail address."
* address 0..1 BackboneElement "Address" "Where the youth lives."
* insert AddressFields(address)
* language 0..1 string "Preferred language" "BCP 47 tag of the language the youth prefers, such as en or es."
* interpreterNeeded 0..1 boolean "Interpreter needed" "Whether an interpreter is needed."
* guardians 0..* BackboneElement "Guardians and family" "People who speak for the youth or take part in the plan."
* guardians.id 1..1
* guardians.id ^short = "Your id of this person"
* guardians.family 1..1 string "Family name" "Family name."
* guardians.given 1..* string "Given names" "Given names."
* guardians.relationship 1..1 code "Relationship" "Relationship to the youth."
* guardians.relationship from $VS_guardian_relationship (required)
* guardians.phone 0..1 string "Telephone" "Telephone number."
* guardians.email 0..1 string "E-mail" "E-mail address."
* guardians.language 0..1 string "Preferred language" "BCP 47 tag of the language the person prefers."
* coverages 0..* BackboneElement "Coverage" "Who pays, the first one first."
* coverages.id 1..1
* coverages.id ^short = "Your id of this coverage"
* coverages.payerId 1..1 string "Payer" "Id of the organization record of the payer."
* coverages.memberId 1..1 string "Member id" "Member id at the payer."
* coverages.planName 0..1 string "Plan" "Name of the plan, such as MassHealth Standard."
* coverages.groupNumber 0..1 string "Group" "Group number."
* coverages.start 0..1 date "From" "First day covered."
* coverages.end 0..1 date "Through" "Last day covered."
