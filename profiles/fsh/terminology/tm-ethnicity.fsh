// https://hl7.org/fhir/us/core/ValueSet-omb-ethnicity-category.html

ValueSet: TmEthnicityValueSet
Id: tm-ethnicity
Title: "Ethnicity"
Description: "The ethnicity categories of the OMB standard, or that it is not known."
* insert ShareableTerminology
* $cdc-race#2135-2 "Hispanic or Latino"
* $cdc-race#2186-5 "Not Hispanic or Latino"
* $v3-NullFlavor#UNK "unknown"
* $v3-NullFlavor#ASKU "asked but unknown"
