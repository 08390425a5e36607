// The OMB categories as CDC Race and Ethnicity codes, with the unknown codes that US Core allows beside them.
// https://hl7.org/fhir/us/core/ValueSet-omb-race-category.html

ValueSet: TmRaceValueSet
Id: tm-race
Title: "Race"
Description: "The race categories of the OMB standard, or that it is not known."
* insert ShareableTerminology
* $cdc-race#1002-5 "American Indian or Alaska Native"
* $cdc-race#2028-9 "Asian"
* $cdc-race#2054-5 "Black or African American"
* $cdc-race#2076-8 "Native Hawaiian or Other Pacific Islander"
* $cdc-race#2106-3 "White"
* $v3-NullFlavor#UNK "unknown"
* $v3-NullFlavor#ASKU "asked but unknown"
