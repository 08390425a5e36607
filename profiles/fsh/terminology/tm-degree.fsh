CodeSystem: TmDegreeCodes
Id: tm-degree
Title: "Degree"
Description: "Degrees that HL7 v2 table 0360 does not have."
* insert ShareableTerminology
* insert CompleteCodeSystem
* ^property[0].code = #rank
* ^property[0].description = "Level of the degree: bachelor, master or doctor"
* ^property[0].type = #string
* #BSW "Bachelor of Social Work"
* #BSW ^property[0].code = #rank
* #BSW ^property[0].valueString = "bachelor"
* #MSW "Master of Social Work"
* #MSW ^property[0].code = #rank
* #MSW ^property[0].valueString = "master"
* #MPH "Master of Public Health"
* #MPH ^property[0].code = #rank
* #MPH ^property[0].valueString = "master"
* #PSYD "Doctor of Psychology"
* #PSYD ^property[0].code = #rank
* #PSYD ^property[0].valueString = "doctor"

ValueSet: TmDegreeValueSet
Id: tm-degree
Title: "Degree"
Description: "Degrees that HL7 v2 table 0360 does not have."
* insert ShareableTerminology
* include codes from system TmDegreeCodes
