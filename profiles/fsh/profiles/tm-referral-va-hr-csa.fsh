Profile: TmReferralVaHrCsa
Parent: TmReferral
Id: tm-referral-va-hr-csa
Title: "Mentoring authorization, Harrisonburg-Rockingham CSA"
Description: "An authorization of at most fifteen hours a month for at most six months, approved by FAPT or CPMT."
* category[program] = TmProgramCodes#va-hr-csa
* obeys tm-hrc-sr-1 and tm-hrc-sr-2 and tm-hrc-sr-3 and tm-hrc-sr-4 and tm-hrc-sr-5 and tm-hrc-sr-6 and tm-hrc-sr-7 and tm-hrc-sr-8 and tm-hrc-sr-9
