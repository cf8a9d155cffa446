"""What `tilsagn start` makes ready: schema, files directory, nynorsk, and in demo mode the clock and the season."""

from collections.abc import Callable
from datetime import datetime

from app.access.queries import is_anybody
from app.config import Missing, Settings
from app.db import clock as program_clock
from app.db import db, writing
from app.db.session import OnceToken
from app.demo import season
from app.documents import mark
from app.translations import catalogue
from app.values.clock import OSLO

_LOADED = "demo-season"


def prepare(settings: Settings, say: Callable[[str], object]) -> None:
    """Make everything ready; quick when it is. Raises config.Missing."""
    # Alembic takes as long to read in as half the program; the other commands do without it.
    from app.db.migrate import to_newest

    to_newest(db.engine)
    refuse_demo(settings)
    mark.claim()
    if not catalogue.COMPILED.exists():
        catalogue.build()
    if settings.demo:
        _demo(settings, say)
    db.session.remove()
    db.engine.dispose()


def refuse_demo(settings: Settings) -> None:
    """Let nobody in by a demo account outside demo mode. Raises config.Missing."""
    if program_clock.was_demo() and not settings.demo:
        raise Missing(
            "Tilsagn does not start. This database was made by the demo: everybody knows the password of its accounts, "
            "its letters are invented and its clock was moved. Begin with a new database (TILSAGN_DATABASE_URL, or "
            "another TILSAGN_INSTANCE) and an empty TILSAGN_FILES. To go on with the demo: TILSAGN_DEMO=1."
        )


def local_moment(text: str) -> datetime:
    """«2025-02-10T09:00» as a moment; without a zone it is the wall clock in Oslo. Raises ValueError."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=OSLO)


def _demo(settings: Settings, say: Callable[[str], object]) -> None:
    if db.session.get(OnceToken, _LOADED) is not None:
        return
    if is_anybody():
        raise Missing(
            "Tilsagn does not start. This database holds people, but not a whole demo season: either it is no demo, "
            "or loading was broken off. Remove the database and the files directory to begin the demo anew."
        )
    if settings.clock_start:
        with writing():
            program_clock.start_at(local_moment(settings.clock_start))
    say("Loading the demo season.")
    at = program_clock.now()
    season.load(at)
    with writing() as session:
        session.add(OnceToken(token=_LOADED, location="/", at=at))
