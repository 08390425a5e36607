CodeSystem: TmCompetencyCodes
Id: tm-competency
Title: "Competency"
Description: "The competencies of mentors. `required` marks the seven that the state definition asks for."
* insert ShareableTerminology
* insert CompleteCodeSystem
* ^property[0].code = #required
* ^property[0].description = "One of the competencies every mentor under the state definition needs"
* ^property[0].type = #boolean
* #delivery-systems-knowledge "MH/SUD delivery systems; community and alternative supports"
* #delivery-systems-knowledge ^property[0].code = #required
* #delivery-systems-knowledge ^property[0].valueBoolean = true
* #child-mh-sud-knowledge "Child/youth MH/SUD"
* #child-mh-sud-knowledge ^property[0].code = #required
* #child-mh-sud-knowledge ^property[0].valueBoolean = true
* #collaboration-negotiation "Collaboration, coordination, negotiation with families and systems"
* #collaboration-negotiation ^property[0].code = #required
* #collaboration-negotiation ^property[0].valueBoolean = true
* #motivational-engagement "Motivational engagement"
* #motivational-engagement ^property[0].code = #required
* #motivational-engagement ^property[0].valueBoolean = true
* #child-development "Child/youth development"
* #child-development ^property[0].code = #required
* #child-development ^property[0].valueBoolean = true
* #consumer-rights "Consumer rights and MH/SUD regulations"
* #consumer-rights ^property[0].code = #required
* #consumer-rights ^property[0].valueBoolean = true
* #technological-supports "Technological supports"
* #technological-supports ^property[0].code = #required
* #technological-supports ^property[0].valueBoolean = true
* #communication "Clear communication"
* #communication ^property[0].code = #required
* #communication ^property[0].valueBoolean = false
* #active-listening "Active listening"
* #active-listening ^property[0].code = #required
* #active-listening ^property[0].valueBoolean = false
* #empathy "Empathy and compassion"
* #empathy ^property[0].code = #required
* #empathy ^property[0].valueBoolean = false
* #problem-solving "Problem-solving"
* #problem-solving ^property[0].code = #required
* #problem-solving ^property[0].valueBoolean = false
* #adaptability "Adaptability, resourcefulness"
* #adaptability ^property[0].code = #required
* #adaptability ^property[0].valueBoolean = false
* #evidence-based-practice-knowledge "Evidence-based practices"
* #evidence-based-practice-knowledge ^property[0].code = #required
* #evidence-based-practice-knowledge ^property[0].valueBoolean = false
* #care-coordination "Care coordination"
* #care-coordination ^property[0].code = #required
* #care-coordination ^property[0].valueBoolean = false
* #strength-building "Helping youth build on strengths"
* #strength-building ^property[0].code = #required
* #strength-building ^property[0].valueBoolean = false

ValueSet: TmCompetencyValueSet
Id: tm-competency
Title: "Competency"
Description: "The competencies of mentors. `required` marks the seven that the state definition asks for."
* insert ShareableTerminology
* include codes from system TmCompetencyCodes
