Profile: TmMentorRoleCtDcfTss
Parent: TmMentorRole
Id: tm-mentor-role-ct-dcf-tss
Title: "Mentor role, Connecticut DCF"
Description: "A trained mentor."
* obeys tm-ctd-role-1
