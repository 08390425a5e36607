Extension: TmCapableOfSelf
Id: tm-capable-of-self
Title: "Capable of doing it alone"
Description: "The youth or family could have done the task for themselves (CYS-050)."
Context: Encounter
* value[x] 1..1
* value[x] only boolean
