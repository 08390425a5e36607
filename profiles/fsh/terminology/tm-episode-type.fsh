ValueSet: TmEpisodeTypeValueSet
Id: tm-episode-type
Title: "Episode type"
Description: "What an episode of care is: the mentoring itself, or the hub service it depends on."
* insert ShareableTerminology
* include codes from valueset TmServiceValueSet
* include codes from valueset TmHubServiceValueSet
