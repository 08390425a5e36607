Extension: TmSupervisor
Id: tm-supervisor
Title: "Supervisor"
Description: "The role under whose supervision this staff member works (CYS-034)."
Context: PractitionerRole
* value[x] 1..1
* value[x] only Reference(PractitionerRole)
