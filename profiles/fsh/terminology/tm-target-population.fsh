CodeSystem: TmTargetPopulationCodes
Id: tm-target-population
Title: "Target population"
Description: "The populations the programs are meant for."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #mh-sud-in-treatment "Youth in treatment for a mental health and/or substance use disorder"
* #mh-sud-completed-treatment "Youth who completed such treatment"
* #masshealth-under-21-with-hub "MassHealth member under 21 engaged in a hub service"
* #csa-funded-youth "Child/youth funded by HR CSA"
* #returned-from-out-of-home "Returned home from out-of-home care, needs less intensive treatment"
* #returning-from-out-of-home "Returning home from out-of-home care"
* #imminent-risk-of-placement "At imminent risk of placement (mental health issue or emotional disturbance)"
* #complex-behavioral-health-needs "Youth with complex behavioral health needs"

ValueSet: TmTargetPopulationValueSet
Id: tm-target-population
Title: "Target population"
Description: "The populations the programs are meant for."
* insert ShareableTerminology
* include codes from system TmTargetPopulationCodes
