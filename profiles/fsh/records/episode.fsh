Logical: MentoringEpisode
Id: mentoring-episode
Title: "Episode and mentor assignment record"
Description: "The time a youth is served, with the mentors assigned and the team around the youth; also the episode of a hub service. Becomes an EpisodeOfCare and a CareTeam; a discharge record ends it."
* insert RecordId(this episode)
* youthId 1..1 string "Youth" "Id of the youth record."
* insert Program
* status 1..1 code "Status" "State of the episode before discharge."
* status from $VS_record_episode_status (required)
* start 0..1 date "From" "First day of service; reviews are counted from here (CYS-028)."
* end 0..1 date "Through" "Last day, for an episode that another provider ended; our own are ended by a discharge record."
* hubService 0..1 code "Hub service" "Present only where this is the episode of a hub service (MAH-020, MAH-021)."
* hubService from $VS_hub_service (required)
* organizationId 0..1 string "Organization" "Id of the organization record that serves the youth. Absent: your own agency; its id comes back as an absent field, which means the same."
* caseManagerId 0..1 string "Case manager" "Id of the mentor record of the case manager."
* referralIds 0..* string "Referrals" "Ids of the referral records that led here."
* diagnosisIds 0..* string "Diagnoses" "Ids of diagnosis records."
* intensityWeight 0..1 decimal "Intensity" "Weight in the mentor's caseload, 1 when absent (CYS-042)."
* assignments 0..* BackboneElement "Mentors" "Mentors assigned, one after the other or side by side (CYS-041)."
* assignments.mentorId 1..1 string "Mentor" "Id of the mentor record."
* assignments.start 0..1 date "From" "First day assigned."
* assignments.end 0..1 date "Through" "Last day assigned."
* assignments.matchedOn 0..1 date "Matched on" "Day the match was agreed (ESS-028)."
* assignments.youthAgreed 0..1 boolean "Youth agreed" "Whether the youth agreed to the match."
* assignments.guardianAgreed 0..1 boolean "Guardian agreed" "Whether the guardian agreed to the match."
* team 0..* BackboneElement "Others on the team" "Clinicians, case managers, family members, school and community contacts (MAH-009, MAH-010, ESS-009)."
* team.memberId 0..1 string "Professional" "Id of the mentor record of the person."
* team.guardianId 0..1 string "Guardian or family member" "Id of a guardian in the youth record."
* team.role 1..1 code "Role" "Part the person plays."
* team.role from $VS_staff_role (required)
* team.start 0..1 date "From" "First day on the team."
* team.end 0..1 date "Through" "Last day on the team."
* obeys rec-period and rec-team-member and rec-team-mentor and rec-assignment-once
