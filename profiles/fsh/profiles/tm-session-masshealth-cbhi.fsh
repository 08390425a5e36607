Profile: TmSessionMasshealthCbhi
Parent: TmSession
Id: tm-session-masshealth-cbhi
Title: "Mentoring session, MassHealth CBHI"
Description: "A session that supports a goal of the behavioral treatment plan."
* obeys tm-mah-enc-1
