Extension: TmTreatmentStatus
Id: tm-treatment-status
Title: "Treatment status"
Description: "Whether the youth is in treatment, or has completed it (CYS-001)."
Context: ServiceRequest
* value[x] 1..1
* value[x] only code
* value[x] from TmTreatmentStatusValueSet (required)
