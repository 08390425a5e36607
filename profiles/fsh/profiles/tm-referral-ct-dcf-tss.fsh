Profile: TmReferralCtDcfTss
Parent: TmReferral
Id: tm-referral-ct-dcf-tss
Title: "Mentoring referral, Connecticut DCF"
Description: "A referral of a youth with complex behavioral health needs, to step down from out-of-home care or to stay in the community."
* category[program] = TmProgramCodes#ct-dcf-tss
* obeys tm-ctd-sr-1 and tm-ctd-sr-2 and tm-ctd-sr-3
