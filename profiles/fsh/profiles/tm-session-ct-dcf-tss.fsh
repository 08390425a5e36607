Profile: TmSessionCtDcfTss
Parent: TmSession
Id: tm-session-ct-dcf-tss
Title: "Mentoring session, Connecticut DCF"
Description: "A session in a normative, non-clinical setting."
* obeys tm-ctd-enc-1
