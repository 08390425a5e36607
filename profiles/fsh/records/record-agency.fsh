Logical: MentoringAgency
Id: mentoring-agency
Title: "The agency a record comes from"
Description: "Facts about the sending agency that a map needs beside the record: second source of every map."
* identifierBase 1..1 uri "Base of identifier systems" "An identifier of a record of a kind has the system {identifierBase}/{kind}, such as https://agency.example/sid/sessions."
* organizationId 1..1 string "Organization" "Id of the organization record of the agency itself."
