"""Who has a case now, when it is not simply its officer, and by when: told in one sentence beside its steps."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from app.applications.models import InformationRequest
from app.awards.workflow import Status as AwardStatus
from app.cases.models import Case
from app.cases.workflow import Status
from app.compensation.workflow import Status as ClaimStatus
from app.desk.queries.case import After
from app.flow import Offer, Reason
from app.payouts.workflow import AccountStep
from app.payouts.workflow import Status as PayableStatus
from app.reports.queries import OPEN_TO_RECIPIENT
from app.values.language import N_

_AWARD = {
    AwardStatus.AWAITING: N_("Venter på at mottakeren aksepterer tilskuddet."),
    AwardStatus.STOPPED: N_("Utbetalingen er stanset. Leder med BDM avgjør om den skal gjenopptas."),
}
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


def told(case: Case, of: After, offers: Sequence[Offer], holds: Collection[str]) -> Reason:
    """The sentence of a decided case. `holds`: what it has something of (`Around`)."""
    if case.status is Status.CLOSED:
        return Reason(N_("Ingenting gjenstår."))
    if of.untold:
        return Reason(N_("Vedtaksbrevet er ikke sendt ennå."))
    if of.ended is not None:
        return of.ended.told
    if of.award in _AWARD:
        return Reason(_AWARD[of.award])
    if of.payable is not None:
        if any(offer.step is AccountStep.CONTROL for offer in offers):
            return Reason(N_("Utbetalingen venter på at økonomi kontrollerer kontonummeret."))
        return Reason(_PAYMENT[of.payable])
    if of.claim is not None:
        return Reason(_CLAIM[of.claim])
    return _report(case, of, holds)


def _report(case: Case, of: After, holds: Collection[str]) -> Reason:
    if of.report is not None:
        facts = {"report": of.report.name}
        if of.report.status in OPEN_TO_RECIPIENT:
            return Reason(N_("Venter på rapport fra mottakeren: %(report)s."), facts)
        return Reason(N_("Rapporten fra mottakeren venter på kontroll: %(report)s."), facts)
    if "report_not_approved" in holds and "repayment" not in holds:
        return Reason(N_("En rapport er underkjent. Ta kontakt med mottakeren, og avgjør om noe skal betales tilbake."))
    if case.status is Status.AGREEMENT:
        return Reason(N_("Venter på krav fra fastlegen."))
    if case.status in (Status.REFUSED, Status.WITHDRAWN):
        return Reason(N_("Saken kan avsluttes."))
    if of.award in (AwardStatus.ACCEPTED, AwardStatus.PARTLY_PAID):
        return Reason(N_("Venter på at neste utbetaling blir klar."))
    return Reason(N_("Ingenting gjenstår."))


def deadlines(of: After) -> Iterator[tuple[str, date]]:
    """What the recipient of a decided case must do, and what we must, and by which day as it runs."""
    if of.accept_by_on is not None:
        yield N_("Svar på tilskuddet"), of.accept_by_on
    report, by_on = of.report, of.report_by_on
    if report is not None and by_on is not None and of.ended is None:
        yield report.name if report.is_owed else N_("Kontroll av rapporten"), by_on


def answer_awaited(case: Case, asked: Sequence[tuple[InformationRequest, date | None]]) -> Reason | None:
    """The sentence of a case that waits for its applicant, or whose applicant has answered."""
    if case.waits_for_applicant:
        sent = asked and asked[-1][1] is not None
        return Reason(N_("Venter på svar fra søkeren.") if sent else N_("Brevet med spørsmålene er ikke sendt ennå."))
    return None
