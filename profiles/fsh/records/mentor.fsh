Logical: MentoringMentor
Id: mentoring-mentor
Title: "Mentor record"
Description: "A mentor, a supervisor, or another professional around the youth (hub clinician, case manager, school contact), with credentials. Becomes a Practitioner and a PractitionerRole."
* insert RecordId(this person in this role)
* family 1..1 string "Family name" "Family name."
* given 1..* string "Given names" "Given names."
* role 1..1 code "Role" "What the person does in mentoring."
* role from $VS_staff_role (required)
* organizationId 1..1 string "Organization" "Id of the organization record the person works for."
* programs 0..* code "Programs" "Programs the person works in; decides which staffing rules judge the record."
* programs from $VS_program (required)
* birthDate 0..1 date "Date of birth" "Used only to tell that the mentor is an adult (CTD-002)."
* adult 0..1 boolean "Attested adult" "The agency attests that the person is 18 or older, where the date of birth is not shared (CTD-002)."
* npi 0..1 string "NPI" "National Provider Identifier, ten digits."
* identifiers 0..* BackboneElement "Other identifiers" "Identifiers that others issued."
* insert IdentifierFields(identifiers)
* phone 0..1 string "Telephone" "Work telephone number."
* email 0..1 string "E-mail" "Work e-mail address."
* languages 0..* string "Languages" "BCP 47 tags of the languages the person works in."
* specialty 0..1 string "Specialty (NUCC)" "NUCC provider taxonomy code."
* start 0..1 date "In this role since" "First day in this role."
* end 0..1 date "In this role until" "Last day in this role."
* supervisorId 0..1 string "Supervisor" "Id of the mentor record of the licensed supervisor (CYS-034)."
* yearsWithYouth 0..1 decimal "Years with youth" "Years of experience with young people (ESS-026)."
* competencies 0..* code "Competencies" "Competencies shown (CYS-038)."
* competencies from $VS_competency (required)
* degrees 0..* BackboneElement "Degrees" "Academic degrees (CYS-030, CYS-036)."
* degrees.degree 1..1 code "Degree" "HL7 degree code, or BSW, MSW, MPH, PSYD."
* degrees.degree from $VS_degree_recorded (required)
* degrees.field 0..1 code "Field of study" "Field of study."
* degrees.field from $VS_field_of_study (required)
* degrees.awardedOn 0..1 date "Awarded on" "Day it was awarded."
* degrees.institution 0..1 string "Institution" "Who awarded it."
* trainings 0..* BackboneElement "Trainings" "Completed trainings (CYS-031, CYS-039)."
* trainings.topic 1..1 code "Topic" "What it was about."
* trainings.topic from $VS_training_topic (required)
* trainings.completedOn 0..1 date "Completed on" "Day it was completed."
* trainings.expiresOn 0..1 date "Valid until" "Last day it counts."
* trainings.provider 0..1 string "Provider" "Who gave it."
* backgroundChecks 0..* BackboneElement "Background checks" "Background checks (CYS-032)."
* backgroundChecks.check 1..1 code "Check" "What was checked."
* backgroundChecks.check from $VS_background_check (required)
* backgroundChecks.result 1..1 code "Result" "What it found."
* backgroundChecks.result from $VS_check_result (required)
* backgroundChecks.checkedOn 0..1 date "Checked on" "Day of the result."
* backgroundChecks.expiresOn 0..1 date "Valid until" "Last day it counts."
* licenses 0..* BackboneElement "Licences" "Professional licences (CYS-035)."
* licenses.license 1..1 code "Licence" "Kind of licence."
* licenses.license from $VS_license (required)
* licenses.number 0..1 string "Number" "Licence number."
* licenses.field 0..1 code "Field" "Field it covers."
* licenses.field from $VS_field_of_study (required)
* licenses.issuedOn 0..1 date "Issued on" "Day it was issued."
* licenses.expiresOn 0..1 date "Valid until" "Last day it is valid."
* licenses.issuer 0..1 string "Issuer" "Board that issued it."
* obeys rec-npi and rec-mentor-contact
