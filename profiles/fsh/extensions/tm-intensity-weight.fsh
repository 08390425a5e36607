Extension: TmIntensityWeight
Id: tm-intensity-weight
Title: "Intensity weight"
Description: "How much this youth counts in a weighted caseload; 1.0 when absent (CYS-042)."
Context: EpisodeOfCare
* value[x] 1..1
* value[x] only decimal
