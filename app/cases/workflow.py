"""The life of a case: one coarse status; the finer lives are of the things on it."""

from app.access.domain import Permission as P
from app.flow import Move, Workflow
from app.values.language import N_, Worded


class Status(Worded):
    """One word per state, everywhere (pages.md)."""

    DRAFT = "draft", N_("Kladd")
    SUBMITTED = "submitted", N_("Sendt inn")
    REGISTERED = "registered", N_("Registrert")
    AWAITING_APPLICANT = "awaiting_applicant", N_("Venter på svar fra søker")
    ASSESSING = "assessing", N_("Til vurdering")
    RECOMMENDED = "recommended", N_("Innstilt")
    GRANTED = "granted", N_("Innvilget")
    PARTLY_GRANTED = "partly_granted", N_("Delvis innvilget")
    REFUSED = "refused", N_("Avslått")
    WITHDRAWN = "withdrawn", N_("Trukket")
    AGREEMENT = "agreement", N_("Avtale inngått")
    CLOSED = "closed", N_("Avsluttet")


# Who has the next move, said to those who work with the cases; what is decided keeps its own word.
WITH: dict[Status, str] = {
    Status.SUBMITTED: N_("Til registrering"),
    Status.REGISTERED: N_("Klar til vurdering"),
    Status.AWAITING_APPLICANT: N_("Venter på søker"),
    Status.ASSESSING: N_("Til vurdering"),
    Status.RECOMMENDED: N_("Til vedtak hos leder"),
}


def said_inside(status: Status) -> str:
    """The status as our own lists say it (a bokmål msgid)."""
    return WITH.get(status, status.word)


# To the applicant, on their own pages: what is recommended is still with us until they are told.
TO_APPLICANT: dict[Worded, str] = {
    Status.AWAITING_APPLICANT: N_("Venter på svar fra dere"),
    Status.RECOMMENDED: Status.ASSESSING.word,
}


def said_to_applicant(status: Worded) -> str:
    """The status as the applicant's own pages say it (a bokmål msgid); what they were granted has its own word."""
    return TO_APPLICANT.get(status, status.word)


class Step(Worded):
    """What people do with a case."""

    SUBMIT = "submit", N_("Send inn søknaden")
    WITHDRAW = "withdraw", N_("Trekk søknaden")
    REGISTER = "register", N_("Registrer søknaden")
    ASK = "ask", N_("Be om opplysninger")
    ANSWER = "answer", N_("Svar på spørsmålene")
    GO_ON = "go_on", N_("Gå videre uten svar")
    START = "start", N_("Start vurderingen")
    RECOMMEND = "recommend", N_("Lag innstilling")
    TAKE_BACK = "take_back", N_("Trekk innstillingen tilbake")
    SEND_BACK = "send_back", N_("Send tilbake")
    GRANT = "grant", N_("Vedta tilskudd")
    GRANT_PART = "grant_part", N_("Vedta delvis tilskudd")
    REFUSE = "refuse", N_("Vedta avslag")
    AGREE = "agree", N_("Inngå avtale")
    TURN_DOWN = "turn_down", N_("Avslå søknaden om avtale")
    CLOSE = "close", N_("Avslutt saken")


_S = Status

CASE = Workflow(
    "case",
    (
        Move(Step.SUBMIT, (_S.DRAFT,), _S.SUBMITTED, P.SIGN_OWN, "submitted"),
        Move(
            Step.WITHDRAW,
            (_S.SUBMITTED, _S.REGISTERED, _S.AWAITING_APPLICANT, _S.ASSESSING, _S.RECOMMENDED),
            _S.WITHDRAWN,
            P.SIGN_OWN,
        ),
        Move(Step.REGISTER, (_S.SUBMITTED,), _S.REGISTERED, P.REGISTER),
        Move(Step.ASK, (_S.REGISTERED, _S.ASSESSING), _S.AWAITING_APPLICANT, P.ASSESS, impartial=True),
        Move(Step.ANSWER, (_S.AWAITING_APPLICANT,), _S.REGISTERED, P.WRITE_OWN, "submitted"),
        # Back to where an answer would have brought it; open when the last day to answer is past.
        Move(Step.GO_ON, (_S.AWAITING_APPLICANT,), _S.REGISTERED, P.ASSESS, impartial=True),
        Move(Step.START, (_S.REGISTERED,), _S.ASSESSING, P.ASSESS, impartial=True),
        Move(Step.RECOMMEND, (_S.ASSESSING,), _S.RECOMMENDED, P.RECOMMEND, "recommended", impartial=True),
        Move(Step.TAKE_BACK, (_S.RECOMMENDED,), _S.ASSESSING, P.RECOMMEND, impartial=True),
        Move(Step.SEND_BACK, (_S.RECOMMENDED,), _S.ASSESSING, P.DECIDE, impartial=True),
        Move(Step.GRANT, (_S.RECOMMENDED,), _S.GRANTED, P.DECIDE, "decided", impartial=True),
        Move(Step.GRANT_PART, (_S.RECOMMENDED,), _S.PARTLY_GRANTED, P.DECIDE, "decided", impartial=True),
        Move(Step.REFUSE, (_S.RECOMMENDED,), _S.REFUSED, P.DECIDE, "decided", impartial=True),
        Move(Step.AGREE, (_S.DRAFT,), _S.AGREEMENT, P.REVIEW_CLAIM, impartial=True),
        # An agreement that is asked for and refused: with its reason on the agreement, and over.
        Move(Step.TURN_DOWN, (_S.DRAFT,), _S.CLOSED, P.REVIEW_CLAIM, impartial=True),
        # A case with money is closed with its year, when payments and reports are settled: a later room's verb.
        Move(Step.CLOSE, (_S.REFUSED, _S.WITHDRAWN), _S.CLOSED, P.RECOMMEND),
    ),
)
