CodeSystem: TmSchoolEmploymentStatusCodes
Id: tm-school-employment-status
Title: "School employment status"
Description: "Whether a youth is in school or employed."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #in-school "In school"
* #employed "Employed"
* #in-school-and-employed "In school and employed"
* #neither "Neither in school nor employed"
* #not-of-age "Below school age"

ValueSet: TmSchoolEmploymentStatusValueSet
Id: tm-school-employment-status
Title: "School employment status"
Description: "Whether a youth is in school or employed."
* insert ShareableTerminology
* include codes from system TmSchoolEmploymentStatusCodes
