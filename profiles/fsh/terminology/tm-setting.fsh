CodeSystem: TmSettingCodes
Id: tm-setting
Title: "Setting"
Description: "Where a session took place. `placeOfService` is the CMS place-of-service code; `clinical` marks settings that Connecticut does not allow."
* insert ShareableTerminology
* insert CompleteCodeSystem
* ^property[0].code = #placeOfService
* ^property[0].description = "CMS place-of-service code"
* ^property[0].type = #string
* ^property[1].code = #clinical
* ^property[1].description = "A clinical setting"
* ^property[1].type = #boolean
* #home "Youth's home"
* #home ^property[0].code = #placeOfService
* #home ^property[0].valueString = "12"
* #home ^property[1].code = #clinical
* #home ^property[1].valueBoolean = false
* #foster-home "Foster home"
* #foster-home ^property[0].code = #placeOfService
* #foster-home ^property[0].valueString = "12"
* #foster-home ^property[1].code = #clinical
* #foster-home ^property[1].valueBoolean = false
* #therapeutic-foster-home "Therapeutic foster home"
* #therapeutic-foster-home ^property[0].code = #placeOfService
* #therapeutic-foster-home ^property[0].valueString = "12"
* #therapeutic-foster-home ^property[1].code = #clinical
* #therapeutic-foster-home ^property[1].valueBoolean = false
* #school "School"
* #school ^property[0].code = #placeOfService
* #school ^property[0].valueString = "03"
* #school ^property[1].code = #clinical
* #school ^property[1].valueBoolean = false
* #child-care-center "Child care center"
* #child-care-center ^property[0].code = #placeOfService
* #child-care-center ^property[0].valueString = "99"
* #child-care-center ^property[1].code = #clinical
* #child-care-center ^property[1].valueBoolean = false
* #respite-setting "Respite setting"
* #respite-setting ^property[0].code = #placeOfService
* #respite-setting ^property[0].valueString = "99"
* #respite-setting ^property[1].code = #clinical
* #respite-setting ^property[1].valueBoolean = false
* #other-community "Other community setting (library, park, recreation center, workplace ...)"
* #other-community ^property[0].code = #placeOfService
* #other-community ^property[0].valueString = "99"
* #other-community ^property[1].code = #clinical
* #other-community ^property[1].valueBoolean = false
* #court "Court"
* #court ^property[0].code = #placeOfService
* #court ^property[0].valueString = "99"
* #court ^property[1].code = #clinical
* #court ^property[1].valueBoolean = false
* #group-home "Group home"
* #group-home ^property[0].code = #placeOfService
* #group-home ^property[0].valueString = "14"
* #group-home ^property[1].code = #clinical
* #group-home ^property[1].valueBoolean = false
* #shelter "Homeless shelter"
* #shelter ^property[0].code = #placeOfService
* #shelter ^property[0].valueString = "04"
* #shelter ^property[1].code = #clinical
* #shelter ^property[1].valueBoolean = false
* #workplace "Youth's workplace"
* #workplace ^property[0].code = #placeOfService
* #workplace ^property[0].valueString = "18"
* #workplace ^property[1].code = #clinical
* #workplace ^property[1].valueBoolean = false
* #outpatient-clinic "Outpatient clinic / CMHC"
* #outpatient-clinic ^property[0].code = #placeOfService
* #outpatient-clinic ^property[0].valueString = "53"
* #outpatient-clinic ^property[1].code = #clinical
* #outpatient-clinic ^property[1].valueBoolean = true
* #medical-office "Medical office"
* #medical-office ^property[0].code = #placeOfService
* #medical-office ^property[0].valueString = "11"
* #medical-office ^property[1].code = #clinical
* #medical-office ^property[1].valueBoolean = true
* #hospital "Hospital"
* #hospital ^property[0].code = #placeOfService
* #hospital ^property[0].valueString = "21"
* #hospital ^property[1].code = #clinical
* #hospital ^property[1].valueBoolean = true
* #psychiatric-facility "Psychiatric facility"
* #psychiatric-facility ^property[0].code = #placeOfService
* #psychiatric-facility ^property[0].valueString = "51"
* #psychiatric-facility ^property[1].code = #clinical
* #psychiatric-facility ^property[1].valueBoolean = true
* #residential-treatment-facility "Residential treatment facility"
* #residential-treatment-facility ^property[0].code = #placeOfService
* #residential-treatment-facility ^property[0].valueString = "56"
* #residential-treatment-facility ^property[1].code = #clinical
* #residential-treatment-facility ^property[1].valueBoolean = true

ValueSet: TmSettingValueSet
Id: tm-setting
Title: "Setting"
Description: "Where a session took place. `placeOfService` is the CMS place-of-service code; `clinical` marks settings that Connecticut does not allow."
* insert ShareableTerminology
* include codes from system TmSettingCodes
