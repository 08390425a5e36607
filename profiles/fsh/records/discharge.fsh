Logical: MentoringDischarge
Id: mentoring-discharge
Title: "Discharge record"
Description: "The end of an episode. Ends the EpisodeOfCare of the episode record and adds reason, disposition and natural supports to it."
* insert RecordId(this discharge)
* youthId 1..1 string "Youth" "Id of the youth record."
* insert Program
* episodeId 1..1 string "Episode" "Id of the episode record that ends."
* dischargedOn 1..1 date "Discharged on" "Last day of service."
* reason 0..1 code "Reason" "Why the service ended (CTD-025)."
* reason from $VS_discharge_reason (required)
* disposition 0..1 code "Disposition" "Where the youth lives afterwards."
* disposition from $VS_disposition (required)
* naturalSupports 0..* BackboneElement "Natural supports" "Supports in the community the youth is tied to (CTD-021)."
* naturalSupports.type 1..1 code "Type" "What kind of support it is."
* naturalSupports.type from $VS_natural_support_type (required)
* naturalSupports.name 0..1 string "Name" "Name of the group or role of the person."
* naturalSupports.formallyConnectedOn 0..1 date "Connected on" "Day the youth was formally connected."
