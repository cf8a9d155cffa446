"""One program for all tests of a worker, one after the other; each finds it as new, on a database of its own.

Building the program, compiling its templates and its SQL, and asking a database what it can are most of what a short
test costs. So the program and, for each kind of database, the dialect are kept. The engine is a new one for each test,
for what the program remembers by its engine, and for what a test listens to. A test that changes the program itself
(adds an address, hangs something on every request) is found out, and the next one gets a new program.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask
from psycopg.pq import TransactionStatus
from sqlalchemy.dialects.postgresql.psycopg import _log_notices

from app import create_app
from app.db import db
from app.db.session import watch
from tests import schema
from tests.client import Client
from tests.emptied import Emptied


class Kept:
    """What a worker keeps from one test to the next."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self.ways: dict[str, Way] = {}
        self.databases: dict[str, Emptied] = {}

    def emptied(self, template: str) -> Emptied:
        """The worker's databases on PostgreSQL that begin as this one."""
        if template not in self.databases:
            made = schema.template("postgresql", template)
            self.databases[template] = Emptied(schema.server(), made, self._sessions)
        return self.databases[template]

    def end(self) -> None:
        """Let go of all that is kept."""
        for each in self.databases.values():
            each.end()
        for way in self.ways.values():
            way.end()

    def _sessions(self) -> list[int]:
        return [session.info.backend_pid for way in self.ways.values() for session in way.idle]

    @contextmanager
    def program(self, url: str, files: Path) -> Iterator[Flask]:
        """The kept program on this database, or a new one when there is none, or somebody has it already."""
        app, self.app = self.app or _built(url, files), None
        before, config, extensions = _shape(app), dict(app.config), dict(app.extensions)
        settings = schema.settings_for(url, files)
        app.config.update(SETTINGS=settings, SQLALCHEMY_DATABASE_URI=url)
        engine = self.way(url).to(url)
        db._app_engines[app] = {None: engine}  # where Flask-SQLAlchemy keeps them; it has no door for another one
        try:
            yield app
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
            app.config.clear()
            app.config.update(config)
            app.extensions.clear()
            app.extensions.update(extensions)
            if _shape(app) == before:
                self.app = app

    def way(self, url: str) -> "Way":
        """How this kind of database is reached."""
        kind = sa.make_url(url).get_backend_name()
        if kind not in self.ways:
            self.ways[kind] = Way(url)
        return self.ways[kind]


class Way:
    """The dialect of one kind of database, which has asked once what the database can, and the SQL compiled for it.

    Sessions to PostgreSQL are kept as long as the next engine is to the same database: they know its tables.
    """

    def __init__(self, url: str) -> None:
        self.first = sa.create_engine(url, hide_parameters=True)
        self.compiled: dict[Any, Any] = {}
        self.url = self.first.url
        with self.first.connect():
            pass
        self.first.dispose()
        sa.event.listen(self.first, "do_connect", self._there)
        self.idle: list[psycopg.Connection[Any]] = []
        self.opens, self.closes = self.first.dialect.connect, self.first.dialect.do_close
        if self.first.dialect.name == "postgresql":
            self.first.dialect.connect, self.first.dialect.do_close = self._opened, self._let_go  # type: ignore[method-assign]

    def to(self, url: str) -> sa.Engine:
        """A new engine to this database, and from now on no other one."""
        if self.url != sa.make_url(url):
            self.end()
        self.url = sa.make_url(url)
        engine = sa.Engine(self.first.pool.recreate(), self.first.dialect, self.url, hide_parameters=True)
        engine.update_execution_options(compiled_cache=self.compiled)
        watch(engine)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _careless)
        return engine

    def end(self) -> None:
        """End the sessions that are kept."""
        while self.idle:
            self.idle.pop().close()

    def _opened(self, *given: Any, **named: Any) -> Any:
        while self.idle:
            if not (found := self.idle.pop()).closed:
                return found
        return self.opens(*given, **named)

    def _let_go(self, session: Any) -> None:
        """Keep a session that is whole, as it was when it was new, or close it."""
        ours = not session.closed and session.info.dbname == self.url.database
        if ours and session.info.transaction_status is TransactionStatus.IDLE:
            session.pgconn.exec_(b"RESET ALL; SELECT pg_advisory_unlock_all()")
            session.remove_notice_handler(_log_notices)
            self.idle.append(session)
        else:
            self.closes(session)

    def _there(self, dialect: sa.Dialect, _record: Any, given: list[Any], named: dict[str, Any]) -> None:
        arguments, words = dialect.create_connect_args(self.url)
        given[:] = arguments
        named.clear()
        named.update(words)


def _careless(connection: Any, _record: Any) -> None:
    """A test's database may be lost at a power cut: nobody waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


def _built(url: str, files: Path) -> Flask:
    made = create_app(schema.settings_for(url, files))
    with made.app_context():
        db.engine.dispose()
    made.test_client_class = Client
    return made


def _shape(app: Flask) -> tuple[object, ...]:
    """All of the program that a test may have hung something on."""
    hung = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
        app.teardown_appcontext_funcs,
    )
    env = app.jinja_env
    return (
        dict(app.view_functions),
        [str(rule) for rule in app.url_map.iter_rules()],
        [
            {name: tuple(each) for name, each in place.items()} if isinstance(place, dict) else tuple(place)
            for place in hung
        ],
        # Flask itself lays an empty table there for each kind of fault it has met.
        {code: dict(each) for code, each in app.error_handler_spec[None].items() if each},
        (dict(env.globals), dict(env.filters), env.loader, env.undefined),
        (app.wsgi_app, app.test_client_class, app.session_interface, app.request_class),
    )
