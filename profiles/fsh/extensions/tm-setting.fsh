Extension: TmSetting
Id: tm-setting
Title: "Setting"
Description: "Where the session took place (CYS-044)."
Context: Encounter
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TmSettingValueSet (extensible)
