Extension: TmMatch
Id: tm-match
Title: "Match"
Description: "The match of youth and mentor (ESS-028)."
Context: CareTeam
* extension contains
    mentor 0..1 and
    matchedOn 0..1 and
    youthAgreed 0..1 and
    guardianAgreed 0..1
* extension[mentor] ^short = "The mentor"
* extension[mentor].value[x] 1..1
* extension[mentor].value[x] only Reference(PractitionerRole)
* extension[matchedOn] ^short = "Day of the match"
* extension[matchedOn].value[x] 1..1
* extension[matchedOn].value[x] only date
* extension[youthAgreed] ^short = "The youth agreed"
* extension[youthAgreed].value[x] 1..1
* extension[youthAgreed].value[x] only boolean
* extension[guardianAgreed] ^short = "The guardian agreed"
* extension[guardianAgreed].value[x] 1..1
* extension[guardianAgreed].value[x] only boolean
