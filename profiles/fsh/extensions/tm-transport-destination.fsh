Extension: TmTransportDestination
Id: tm-transport-destination
Title: "Transport destination"
Description: "The needed service to which the youth was taken (CYS-021)."
Context: Encounter
* value[x] 1..1
* value[x] only string
