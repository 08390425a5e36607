Instance: example-supervision
InstanceOf: TmSupervision
Usage: #example
Title: "Supervision meeting"
* status = #fulfilled
* serviceType[supervision] = TmServiceCodes#staff-supervision "Clinical supervision of a mentor (no patient)"
* start = "2025-04-08T09:00:00-04:00"
* end = "2025-04-08T10:00:00-04:00"
* participant[+].actor = Reference(example-mentor-role)
* participant[=].status = #accepted
* participant[+].actor = Reference(example-supervisor-role)
* participant[=].status = #accepted
