CodeSystem: TmReviewBodyCodes
Id: tm-review-body
Title: "Review body"
Description: "The bodies that review and approve a CSA request."
* insert ShareableTerminology
* insert CompleteCodeSystem
* #FAPT "Family Assessment and Planning Team"
* #CPMT "Community Policy and Management Team"

ValueSet: TmReviewBodyValueSet
Id: tm-review-body
Title: "Review body"
Description: "The bodies that review and approve a CSA request."
* insert ShareableTerminology
* include codes from system TmReviewBodyCodes
