"""The tie between one database and one files directory."""

import secrets
from typing import Any

from app.config import Missing
from app.db import db, writing
from app.documents import files, queries
from app.documents.models import StoreMark


def claim() -> None:
    """Prove that database and files directory belong together; tie them at the first start. Raises config.Missing.

    An unmounted disk shows as an empty directory, and the sweep would empty another database's: both are refused.
    """
    ours, theirs = queries.mark(), files.mark()
    if ours is not None and ours == theirs:
        return
    if theirs is not None:
        raise Missing(_REFUSED.format(directory=files.directory(), why="it belongs to another database"))
    if ours is not None and queries.knows_files():
        raise Missing(_REFUSED.format(directory=files.directory(), why="the files this database knows are not there"))
    files.set_mark(_our_mark())


def fits() -> bool:
    """Whether the files directory is this database's own; changes nothing. A database without files fits any."""
    ours = queries.mark()
    return ours is None or ours == files.mark()


_REFUSED = (
    "Tilsagn does not start. TILSAGN_FILES is {directory}, but {why}. "
    "Point TILSAGN_FILES at this database's own directory, or at an empty one for a new database."
)


def _our_mark() -> str:
    """The database's mark; two processes at the first start agree on one."""
    with writing() as session:
        session.execute(_insert_if_new(), {"id": 1, "mark": secrets.token_hex(16)})
        return str(queries.mark())


def _insert_if_new() -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    return insert(StoreMark).on_conflict_do_nothing()
