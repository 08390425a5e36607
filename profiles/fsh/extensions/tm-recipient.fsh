Extension: TmRecipient
Id: tm-recipient
Title: "Recipient"
Description: "To whom the document was sent (HRC-034, HRC-035)."
Context: DocumentReference
* value[x] 1..1
* value[x] only Reference(PractitionerRole or Practitioner or Organization or RelatedPerson or Patient)
