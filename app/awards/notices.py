"""What the recipient, and the officer of the case, are told when a grant is answered."""

from datetime import datetime

from app.access.domain import Actor
from app.awards import queries
from app.awards.models import Award
from app.cases.models import Case
from app.dispatch.actions import queue_notice
from app.dispatch.words import say
from app.parties.domain import PaidTo
from app.values.language import N_, Language

_ACCEPTED = N_("Dere har akseptert tilskuddet på %(amount_ore)s. Vi betaler det ut slik det står i vedtaksbrevet.")
_DECLINED = N_(
    "Dere har takket nei til tilskuddet på %(amount_ore)s. Tilsagnet har falt bort, og dere skal ikke rapportere på "
    "det. Begrunnelsen deres: %(reason)s"
)
_TO_OFFICER = N_(
    "%(party)s har takket nei til tilskuddet på %(amount_ore)s i sak %(number)s. Pengene er tilbake i rammen. "
    "Begrunnelsen står i saken."
)


def accepted(award: Award, case: Case, account: PaidTo, *, by: Actor, at: datetime) -> None:
    """The confirmation of a yes, with where the money goes, in the language of the letter."""
    language = queries.decision(award.decision_id).language
    subject = say(language, N_("Vi har mottatt aksepten deres i sak %(number)s"), number=case.number)
    told = say(language, _ACCEPTED, amount_ore=award.amount_ore), say(language, account.words, account=account.masked)
    _to_recipient("accepted", "acceptance", award, case, language, subject, " ".join(told), by, at)


def declined(award: Award, case: Case, *, by: Actor, at: datetime) -> None:
    """The confirmation of a no; and the officer is told, for there is money to give anew."""
    language = queries.decision(award.decision_id).language
    subject = say(language, N_("Dere har takket nei til tilskuddet i sak %(number)s"), number=case.number)
    body = say(language, _DECLINED, amount_ore=award.amount_ore, reason=award.decline_reason)
    _to_recipient("declined", "decline", award, case, language, subject, body, by, at)
    address = queries.officer_address(case)
    if address:
        facts = {"party": case.party_name, "number": case.number}
        queue_notice(
            key=f"declined:{award.id}:officer",
            case=None,
            party_id=None,
            kind="decline_told",
            address=address,
            language=Language.NB,
            subject=say(Language.NB, N_("%(party)s har takket nei i sak %(number)s"), **facts),
            body=say(Language.NB, _TO_OFFICER, amount_ore=award.amount_ore, **facts),
            at=at,
            by=by,
        )


def _to_recipient(
    what: str, kind: str, award: Award, case: Case, language: str, subject: str, body: str, by: Actor, at: datetime
) -> None:
    queue_notice(
        key=f"{what}:{award.id}",
        case=case,
        party_id=award.party_id,
        kind=kind,
        address=queries.application_of(case.id).contact_email,
        language=language,
        subject=subject,
        body=body,
        at=at,
        by=by,
    )
