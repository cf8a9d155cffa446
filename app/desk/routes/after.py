"""Who has a decided case now, and by when: told in one sentence on top of its page."""

from datetime import date

from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.compensation.workflow import Status as ClaimStatus
from app.desk.queries.case import After
from app.flow import Reason
from app.payouts.workflow import Status as PayableStatus
from app.reports.queries import OPEN_TO_RECIPIENT
from app.values.language import N_

_PAYMENT = {
    PayableStatus.READY: N_("Utbetalingen venter på attestasjon."),
    PayableStatus.ATTESTED: N_("Utbetalingen venter på godkjenning hos leder med BDM."),
    PayableStatus.APPROVED: N_("Utbetalingen venter på overføring hos økonomi."),
    PayableStatus.SENT: N_("Utbetalingen er overført. Økonomi registrerer om banken har betalt."),
    PayableStatus.REJECTED: N_("Banken har avvist utbetalingen. Økonomi kontrollerer svaret."),
}
_CLAIM = {
    ClaimStatus.SUBMITTED: N_("Kravet venter på bekreftelse fra utprøvingsområdet."),
    ClaimStatus.CONFIRMED: N_("Kravet venter på kontroll hos saksbehandler."),
    ClaimStatus.AWAITING_FUNDS: N_("Kravet venter på midler."),
}


def told(case: Case, of: After) -> tuple[Reason, date | None]:
    """The sentence, and the day it is due (None: no day is set)."""
    if case.status is Status.CLOSED:
        return Reason(N_("Ingenting gjenstår.")), None
    if of.untold:
        return Reason(N_("Vedtaksbrevet er ikke sendt ennå.")), None
    if of.award is AwardStatus.AWAITING:
        return Reason(N_("Venter på at mottakeren aksepterer tilskuddet.")), of.accept_by_on
    if of.award is AwardStatus.STOPPED:
        return Reason(N_("Utbetalingen er stanset. Leder med BDM avgjør om den skal gjenopptas.")), None
    if of.payable is not None:
        return Reason(_PAYMENT[of.payable]), None
    if of.claim is not None:
        return Reason(_CLAIM[of.claim]), None
    return _report(case, of)


def _report(case: Case, of: After) -> tuple[Reason, date | None]:
    if of.report is not None and of.award is not AwardStatus.LAPSED:
        facts = {"report": of.report.kind}
        if of.report.status in OPEN_TO_RECIPIENT:
            return Reason(N_("Venter på rapport fra mottakeren: %(report)s."), facts), of.report.due_on
        return Reason(N_("Rapporten fra mottakeren venter på kontroll: %(report)s."), facts), None
    if case.status is Status.AGREEMENT:
        return Reason(N_("Venter på krav fra fastlegen.")), None
    if case.status in (Status.REFUSED, Status.WITHDRAWN):
        return Reason(N_("Saken kan avsluttes.")), None
    if of.award in (AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID):
        return Reason(N_("Venter på at neste utbetaling blir klar.")), None
    return Reason(N_("Ingenting gjenstår.")), None
