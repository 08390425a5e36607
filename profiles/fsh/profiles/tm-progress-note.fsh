Profile: TmProgressNote
Parent: TmNote
Id: tm-progress-note
Title: "Progress note"
Description: "The note on one contact."
* category[kind] 1..1
* category[kind] = TmDocumentTypeCodes#progress-note
* obeys tm-note-1 and tm-note-2
