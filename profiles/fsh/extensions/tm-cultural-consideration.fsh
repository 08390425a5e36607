Extension: TmCulturalConsideration
Id: tm-cultural-consideration
Title: "Cultural consideration"
Description: "What culturally competent care means for this youth (CTD-010)."
Context: CarePlan
* value[x] 1..1
* value[x] only string
