Extension: TmAuthorizationSequence
Id: tm-authorization-sequence
Title: "Authorization sequence"
Description: "1 for the first authorization of an episode, 2 for its first extension, and so on (HRC-024, HRC-027)."
Context: ServiceRequest
* value[x] 1..1
* value[x] only positiveInt
