"""What a letter must hold, each thing by name, so that a person can be told what is lacking.

Sources: bestemmelser om økonomistyring i staten 6.3.3 (grant letters), forvaltningsloven 1967 §§ 11, 11 a, 24, 25, 27.
"""

from app.values.language import N_, Worded


class Element(Worded):
    """A mandatory element. The code is what `missing()` returns; the word is shown to the officer."""

    # every letter
    CASE_NO = "case_no", N_("saksnummer")
    DOC_DATE = "doc_date", N_("brevets dato")
    OUR_REF = "our_ref", N_("vår referanse")
    SENDER = "sender", N_("avsender")
    RECIPIENT_NAME = "recipient_name", N_("mottakerens navn")
    RECIPIENT_ORGNR = "recipient_orgnr", N_("mottakerens organisasjonsnummer")
    CASEHANDLER_NAME = "casehandler_name", N_("saksbehandlerens navn")
    CONTACT = "contact", N_("telefon eller e-post til saksbehandler")
    SCHEME_NAME = "scheme_name", N_("tilskuddsordning")
    SCHEME_YEAR = "scheme_year", N_("tilskuddsår")
    PROJECT_TITLE = "project_title", N_("prosjektets tittel")
    # every decision
    DECISION_MAKER = "decision_maker", N_("navn og tittel på den som vedtar")
    DECISION_TEXT = "decision_text", N_("selve vedtaket")
    APPLIED_ON = "applied_on", N_("søknadens dato")
    LEGAL_BASIS = "legal_basis", N_("regelverk og budsjettvedtak")
    REASONS_RULE = "reasons_rule", N_("begrunnelse: reglene")
    REASONS_FACTS = "reasons_facts", N_("begrunnelse: de faktiske forholdene")
    REASONS_CONSIDERATIONS = "reasons_considerations", N_("begrunnelse: hovedhensynene i vurderingen")
    FRAME = "frame", N_("rammen for ordningen")
    APPLIED_AMOUNT = "applied_amount", N_("søkt beløp")
    COMPLAINT_RIGHT = "complaint_right", N_("retten til å klage")
    COMPLAINT_DEADLINE_RULE = "complaint_deadline_rule", N_("klagefristen")
    COMPLAINT_BODY = "complaint_body", N_("klageinstansen")
    COMPLAINT_HOW = "complaint_how", N_("hvordan en klager")
    SUSPENSION = "suspension", N_("retten til å be om utsatt iverksetting")
    ACCESS_TO_DOCUMENTS = "access_to_documents", N_("retten til å se sakens dokumenter")
    GUIDANCE_DUTY = "guidance_duty", N_("tilbud om veiledning")
    # every grant
    CHAPTER_POST = "chapter_post", N_("kapittel og post")
    AMOUNT_NOK = "amount_nok", N_("innvilget beløp")
    AMOUNT_BELOW_APPLIED = "amount_below_applied", N_("et innvilget beløp som er lavere enn det søkte")
    PERIOD = "period", N_("tilskuddsperioden")
    PURPOSE = "purpose", N_("hva tilskuddet kan brukes til")
    CONDITIONS = "conditions", N_("vilkår")
    PAYMENT_PLAN = "payment_plan", N_("utbetalingsplan")
    PAYMENT_PLAN_TOTAL = "payment_plan_total", N_("en utbetalingsplan som til sammen er lik tilskuddet")
    ACCEPT_DEADLINE = "accept_deadline", N_("frist for aksept")
    ACCOUNT_NO_MASKED = "account_no_masked", N_("kontonummer")
    REPORTING = "reporting", N_("rapportering med frist")
    AUDIT_REQUIREMENT = "audit_requirement", N_("om regnskapet skal bekreftes av revisor")
    UNUSED_FUNDS_RULE = "unused_funds_rule", N_("hva som skjer med ubrukte midler")
    CHANGE_APPROVAL_RULE = "change_approval_rule", N_("at endringer må godkjennes")
    CONTROL_CLAUSE = "control_clause", N_("kontrollene som kan bli gjort")
    SANCTIONS_CLAUSE = "sanctions_clause", N_("følgene av brudd på vilkår")
    REVISED_BUDGET = "revised_budget", N_("kravet om revidert budsjett og plan")
    CUTS = "cuts", N_("hva som er innvilget av hver del")
    # answers to GPs
    AREA = "area", N_("utprøvingsområdet")
    PRICES = "prices", N_("satsene")
    TAKEN_BACK = "taken_back", N_("hva som er tatt tilbake")
    SET_OFF = "set_off", N_("hvordan beløpet blir betalt tilbake")
    # receipt, request for information, reminder
    RECEIVED_ON = "received_on", N_("dagen søknaden kom inn")
    WAITING_REASON = "waiting_reason", N_("hvorfor svaret tar tid")
    EXPECTED_BY = "expected_by", N_("når svaret kan ventes")
    QUESTIONS = "questions", N_("hva som mangler")
    ANSWER_DEADLINE = "answer_deadline", N_("svarfrist")
    CONSEQUENCE = "consequence", N_("hva som skjer uten svar")
    REPORT = "report", N_("hvilken rapport det gjelder")
