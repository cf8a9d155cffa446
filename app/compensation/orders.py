"""What this room has done as an order: long work on a file."""

from collections.abc import Sequence
from datetime import datetime

from app.access.domain import Actor, Permission
from app.compensation import queries
from app.compensation.actions.importing import import_claims
from app.compensation.actions.registering import import_agreements
from app.compensation.actions.statistics import import_statistics
from app.compensation.domain import importing, registering, statistics
from app.orders.domain import FileRow, Heading, Judged
from app.orders.kinds import Kind, Link
from app.values.language import N_


def _headings() -> list[Heading]:
    return importing.headings(queries.prices_in_use())


def _codes() -> list[Heading]:
    return [each for each in _headings() if each not in importing.FIXED]


def _import(area_id: int | None, lines: Sequence[FileRow], by: Actor, at: datetime) -> list[Judged]:
    return import_claims(area_id, lines, _codes(), by=by, at=at)


def _claims(things: Sequence[str]) -> dict[str, Link]:
    ids = {int(each.rpartition(":")[2]): each for each in things}
    found = queries.addresses_of(list(ids))
    return {ids[key]: ("compensation.claim", {"public_id": address}) for key, address in found.items()}


def _register(area_id: int | None, lines: Sequence[FileRow], by: Actor, at: datetime) -> list[Judged]:
    assert area_id is not None  # an order of this kind has an area
    return import_agreements(area_id, lines, by=by, at=at)


IMPORT_CLAIMS = Kind(
    "gp-claims",
    N_("Krav fra fastleger"),
    N_("Hver rad blir et krav, kontrollert som om fastlegen hadde sendt det selv. En annen enn du bekrefter kravene."),
    needs=Permission.IMPORT_CLAIMS,
    file="krav-fra-fastleger",
    headings=_headings,
    together=importing.whose,
    does=_import,
    where=_claims,
    row=N_("Last ned malen, og fyll inn én rad for hvert krav."),
    note=N_("Skriv bare antall. En fil med fødselsnummer eller opplysninger om pasienter blir avvist."),
    made=N_("%(count)s krav blir laget. Radene med feil blir stående."),
)

IMPORT_AGREEMENTS = Kind(
    "gp-agreements",
    N_("Avtaler for fastleger"),
    N_("Hver rad blir en avtale som legekontoret må signere, kontrollert som om du hadde registrert den for seg selv."),
    needs=Permission.CONFIRM_CLAIM,
    file="avtaler-for-fastleger",
    headings=lambda: registering.HEADINGS,
    together=importing.whose,
    does=_register,
    row=N_("Last ned malen, og fyll inn én rad for hver fastlege."),
    note=N_(
        "Arbeidsforhold er «Selvstendig næringsdrivende» eller «Fastlønnet i kommunen». Organisasjonsnummeret er "
        "legekontorets, eller kommunens når fastlegen er fastlønnet. En fil med fødselsnummer blir avvist."
    ),
    made=N_("Avtaler som blir registrert, og som legekontorene må signere: %(count)s. Radene med feil blir stående."),
)

IMPORT_STATISTICS = Kind(
    "helfo-statistics",
    N_("Statistikk fra Helfo"),
    N_("Hver rad blir med i tallene for ordningen. Det blir ikke laget krav, og ingenting blir betalt herfra."),
    needs=Permission.IMPORT_STATISTICS,
    file="statistikk-fra-helfo",
    headings=lambda: statistics.HEADINGS,
    together=statistics.whose,
    does=lambda _area_id, lines, by, at: import_statistics(lines, by=by, at=at),
    row=N_("Last ned malen, og fyll inn én rad for hver måned, fastlege og sats."),
    note=N_(
        "Kolonnene er våre egne, for Helfo har ikke publisert noe format. Måneden skrives som 2026-01. "
        "En rettelse er en egen rad med nummer, og sier bare forskjellen. En fil med fødselsnummer blir avvist."
    ),
    made=N_("%(count)s tall blir lagt inn. Radene med feil blir stående."),
    of_area=False,
    codes=_codes,
)

KINDS = (IMPORT_CLAIMS, IMPORT_AGREEMENTS, IMPORT_STATISTICS)
