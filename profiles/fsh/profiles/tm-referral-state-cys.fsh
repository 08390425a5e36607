Profile: TmReferralStateCys
Parent: TmReferral
Id: tm-referral-state-cys
Title: "Mentoring referral, state children and youth services"
Description: "A referral under the state definition: the youth is in treatment or completed it, for a mental health or substance use disorder."
* category[program] = TmProgramCodes#state-cys
* obeys tm-cys-sr-1 and tm-cys-sr-2
