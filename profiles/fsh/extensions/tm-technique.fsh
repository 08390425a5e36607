Extension: TmTechnique
Id: tm-technique
Title: "Technique"
Description: "How the mentor worked in the session."
Context: Encounter
* value[x] 1..1
* value[x] only code
* value[x] from TmTechniqueValueSet (extensible)
