// https://hl7.org/fhir/R4/communication.html

Profile: TmFamilyFeedback
Parent: Communication
Id: tm-family-feedback
Title: "Feedback to the family"
Description: "What the mentor told the family about the work with the youth."
* status MS
* category 1..* MS
* insert SlicedByPattern(category)
* category contains feedback 1..1
* category[feedback] = TmCommunicationCategoryCodes#family-feedback
* subject 1..1 MS
* subject only Reference(Patient)
* recipient 1..* MS
* sender MS
* sent MS
* payload MS
