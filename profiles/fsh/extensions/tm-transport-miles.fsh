Extension: TmTransportMiles
Id: tm-transport-miles
Title: "Transport miles"
Description: "Miles driven with the youth in the car."
Context: Encounter
* value[x] 1..1
* value[x] only decimal
