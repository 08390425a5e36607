Instance: example-family-feedback
InstanceOf: TmFamilyFeedback
Usage: #example
Title: "Feedback to the mother"
* meta.tag = TmProgramCodes#masshealth-cbhi
* status = #completed
* category[feedback] = TmCommunicationCategoryCodes#family-feedback "Feedback to the family"
* subject = Reference(example-youth)
* about = Reference(example-goal)
* sent = "2025-04-04T18:30:00-04:00"
* recipient = Reference(example-guardian)
* sender = Reference(example-mentor-role)
* payload.contentString = "Sofia went to the art program twice this week and wants to go on."
