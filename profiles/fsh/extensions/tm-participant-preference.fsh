Extension: TmParticipantPreference
Id: tm-participant-preference
Title: "Participant preference"
Description: "The preference of the youth from which the leisure activity was chosen (CYS-024)."
Context: Encounter
* value[x] 1..1
* value[x] only string
