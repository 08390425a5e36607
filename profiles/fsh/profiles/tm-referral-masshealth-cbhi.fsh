Profile: TmReferralMasshealthCbhi
Parent: TmReferral
Id: tm-referral-masshealth-cbhi
Title: "Mentoring referral, MassHealth CBHI"
Description: "A referral of a youth who already receives a hub service, with the goal it is to support."
* category[program] = TmProgramCodes#masshealth-cbhi
* obeys tm-mah-sr-1 and tm-mah-sr-2 and tm-mah-sr-3
