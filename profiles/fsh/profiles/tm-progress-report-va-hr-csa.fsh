Profile: TmProgressReportVaHrCsa
Parent: TmNote
Id: tm-progress-report-va-hr-csa
Title: "Quarterly progress report, Harrisonburg-Rockingham CSA"
Description: "The report that the provider sends to the case manager every quarter."
* category[kind] 1..1
* category[kind] = TmDocumentTypeCodes#quarterly-progress-report
* obeys tm-hrc-rep-1 and tm-hrc-rep-2
