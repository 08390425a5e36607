// A participant of type translator says that an interpreter was there; that none was there has no element in R4.

Extension: TmInterpreterPresent
Id: tm-interpreter-present
Title: "Interpreter present"
Description: "Whether an interpreter took part in the contact (CTD-010)."
Context: Encounter
* value[x] 1..1
* value[x] only boolean
