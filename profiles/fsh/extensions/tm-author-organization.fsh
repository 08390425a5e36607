// CarePlan.author is single: a plan that names its author in person names the organization here.

Extension: TmAuthorOrganization
Id: tm-author-organization
Title: "Author organization"
Description: "The organization that made the plan, where the author is a person (MAH-003)."
Context: CarePlan
* value[x] 1..1
* value[x] only Reference(Organization)
