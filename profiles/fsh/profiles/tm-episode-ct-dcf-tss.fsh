Profile: TmEpisodeCtDcfTss
Parent: TmEpisode
Id: tm-episode-ct-dcf-tss
Title: "Episode, Connecticut DCF"
Description: "An episode that ends with a formal tie to a natural community support."
* obeys tm-ctd-ep-1
