Extension: TmModality
Id: tm-modality
Title: "Modality"
Description: "The medium of the contact (CYS-043)."
Context: Encounter
* value[x] 1..1
* value[x] only code
* value[x] from TmModalityValueSet (required)
