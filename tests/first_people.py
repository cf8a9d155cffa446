"""The people that nearly every test begins with."""

from datetime import UTC, date, datetime

from app.access.domain import Role
from app.db import writing
from app.demo.accounts import add_coordinator, add_signer, load_internal
from app.parties.actions import add_area, add_party
from app.parties.domain import Kind
from app.values.language import LanguageDecision
from tests.remembered import remembered

AT = datetime(2025, 1, 7, 9, 0, tzinfo=UTC)


@remembered
def people(at: datetime = AT) -> None:
    """The directorate's people, three municipalities with a signer each, a practice with `gp1`, and a pilot area."""
    with writing():
        load_internal(at, date(2024, 1, 1), date(2030, 12, 31))
        bergen = add_party("964338531", "Bergen kommune", [Kind.MUNICIPALITY], by=None, at=at, municipality_no="4601")
        demovik = add_party(
            "312999005", "Demovik kommune", [Kind.MUNICIPALITY], by=None, at=at, invented=True, municipality_no="9901"
        )
        nynorsk = add_party(
            "312999013",
            "Fjordnes kommune",
            [Kind.MUNICIPALITY],
            language=LanguageDecision.NYNORSK,
            by=None,
            at=at,
            invented=True,
            municipality_no="9902",
        )
        practice = add_party("312999021", "Legekontoret Demo AS", [Kind.PRACTICE], by=None, at=at, invented=True)
        add_signer("bergen", "Turid Demo", bergen, at)
        add_signer("bergen-writer", "Eli Demo", bergen, at, Role.WRITER)
        add_signer("demovik", "Tor Demo", demovik, at)
        add_signer("fjordnes", "Gro Demo", nynorsk, at)
        add_signer("gp1", "Lege Demo", practice, at)
        area = add_area("PLL i nord (demo)", "Nordland", bergen, by=None, at=at)
        add_coordinator("area-nordland", "Randi Demo", area, at)
