"""The command line: `tilsagn start`, `web`, `worker`, `orders`, `migrate`, `add-admin`, `verify-audit`, `jobs`…"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup, FlaskGroup, with_appcontext

from app import create_app, firststart, supervisor
from app.access import actions as access
from app.access import queries as access_queries
from app.access.domain import Role
from app.access.domain.links import link_address
from app.audit.verify import Reach, faults, reach
from app.config import Missing, Settings
from app.db import clock as program_clock
from app.db import db, writing
from app.documents import mark, proof
from app.jobs import runs
from app.jobs.queries import last_runs
from app.jobs.timetable import TIMETABLE
from app.log import say, speak_utf8
from app.values.clock import OSLO

cli = FlaskGroup(
    name="tilsagn", create_app=create_app, add_default_commands=False, add_version_option=False, load_dotenv=False
)


def main() -> None:
    """Says what is missing instead of showing a stack trace."""
    speak_utf8()
    try:
        cli()
    except Missing as missing:
        raise SystemExit(str(missing)) from missing


@cli.command()
def start() -> None:
    """Make everything ready, then run web and worker until Ctrl-C."""
    webs = _webs()
    firststart.prepare(_settings(), say)
    _keep_running({**webs, "worker": _work, "orders": _work_on_orders})


@cli.command()
def web() -> None:
    """Run the web processes alone."""
    firststart.refuse_demo(_settings())
    webs = _webs()
    mark.claim()
    _let_go()
    _keep_running(webs)


@cli.command()
def worker() -> None:
    """Run the timetable alone. Of several workers one leads; the others stand by."""
    firststart.refuse_demo(_settings())
    mark.claim()
    _let_go()
    _work()


@cli.command()
def orders() -> None:
    """Work on what people have ordered, alone. Several may, on several machines: each takes its own."""
    firststart.refuse_demo(_settings())
    mark.claim()
    _let_go()
    _work_on_orders()


def _webs() -> dict[str, supervisor.Part]:
    """The web processes to be. Their port is taken at once: who cannot have it need not make anything ready."""
    from app.web import listen, serve

    flask, listening = _flask(), listen(_settings().bind)
    return {f"web {number}": lambda: serve(flask, listening) for number in (1, 2)}


def _keep_running(parts: Mapping[str, supervisor.Part]) -> NoReturn:
    settings = _settings()
    greeting = f"Tilsagn is at {settings.base_url} (Ctrl-C stops it)."
    raise SystemExit(supervisor.run(parts, say, lambda: supervisor.answers(settings.bind), greeting))


def _work() -> None:
    from app.worker import main as work

    work(_flask())


def _work_on_orders() -> None:
    from app.order_worker import main as work

    work(_flask())


def _let_go() -> None:
    """Processes to come must not share this one's connections."""
    db.session.remove()
    db.engine.dispose()


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from app.db.migrate import to_newest

    to_newest(db.engine)


@cli.command("write-migration")
@click.argument("revision")
@click.argument("message")
def write_migration(revision: str, message: str) -> None:
    """Write a migration for what the models have and the database lacks (developers)."""
    from app.db.migrate import write_next

    write_next(db.engine, revision, message)


@cli.command("verify-audit")
def verify_audit() -> None:
    """Prove the whole record and every stored file, and tell how far they reach. Exit 1 when something is broken."""
    found = list(faults())
    for fault in found:
        click.echo(fault)
    files = proof.prove()
    for line in (*_reach(reach()), *_files(files)):
        click.echo(line)
    if found or not files.is_whole:
        raise SystemExit(1)
    click.echo("The record is whole as far as it reaches, and every file it knows is there.")


def _reach(covers: Reach) -> Iterator[str]:
    yield f"Covers {covers.entries} entries in {covers.streams} streams, and nothing that was written after:"
    if covers.last_at is None:
        yield "  it is empty."
        return
    yield f"  last entry: {covers.last_stream} no. {covers.last_seq}, {covers.last_event}, {_local(covers.last_at)}."
    sealed = f"no. {covers.checkpoint}, {_local(covers.checkpoint_at)}" if covers.checkpoint_at else "none yet"
    yield f"  last checkpoint: {sealed}."


def _files(found: proof.Proof) -> Iterator[str]:
    yield (
        f"Files: {found.files} known, of {found.documents} documents; {found.missing} missing, {found.damaged} damaged."
    )
    yield from (f"  {each}" for each in found.named)
    if found.foreign:
        yield "  TILSAGN_FILES is not this database's directory."
    if found.unknown:
        yield (
            f"  {found.unknown} files lie there that this database does not know: "
            "it is older than they are, or somebody was interrupted within the last day."
        )


def _local(at: datetime) -> str:
    return f"{at.astimezone(OSLO):%Y-%m-%d %H:%M:%S} in Oslo"


@cli.command("add-admin")
@click.argument("username")
@click.argument("name")
def add_admin(username: str, name: str) -> None:
    """Make the first administrator of a real installation, and show the link by which they choose a password."""
    firststart.refuse_demo(_settings())
    if access_queries.by_username(username.strip().casefold()) is not None:
        raise click.ClickException(f"There is already a user {username}.")
    at, settings = program_clock.now(), _settings()
    with writing():
        user = access.add_user(username, name, access.NO_PASSWORD, by=None, at=at)
        access.give_roles(user, [Role.ADMIN], by=None, at=at)
        token = access.make_link(user, timedelta(hours=settings.link_hours), by=None, at=at)
    click.echo(f"{user.username} is administrator. Within {settings.link_hours} hours, choose a password here:")
    click.echo(link_address(settings.base_url, token))


@cli.command("password-link")
@click.argument("username")
def password_link(username: str) -> None:
    """Show a link by which somebody chooses a new password, where it cannot be mailed to them."""
    firststart.refuse_demo(_settings())
    user, at, settings = access_queries.by_username(username), program_clock.now(), _settings()
    if user is None or not user.active:
        raise click.ClickException(f"There is no user {username} who may log in.")
    with writing():
        token = access.make_link(access_queries.locked(user.id), timedelta(hours=settings.link_hours), by=None, at=at)
    click.echo(f"Within {settings.link_hours} hours, {username} chooses a password here:")
    click.echo(link_address(settings.base_url, token))


@cli.command()
def jobs() -> None:
    """Show the timetable: when each job last ran, and when it runs next."""
    last, at = last_runs(), program_clock.now()
    for job in TIMETABLE:
        ran = f"{last[job.name].astimezone(OSLO):%Y-%m-%d %H:%M:%S}" if job.name in last else "never"
        click.echo(f"{job.name:22} last {ran:20} next {job.when.following(at).astimezone(OSLO):%Y-%m-%d %H:%M:%S}")


@cli.command("run-job")
@click.argument("name", type=click.Choice([job.name for job in TIMETABLE]))
@click.option("--at", "moment", help="As if it were this time, 2025-02-10T09:00 in Oslo. Default: now.")
def run_job(name: str, moment: str | None) -> None:
    """Run one job now. Exit 1 when something in it failed."""
    firststart.refuse_demo(_settings())
    present = program_clock.now()
    try:
        at = firststart.local_moment(moment) if moment else present
    except ValueError as wrong:
        raise click.BadParameter("write it as 2025-02-10T09:00", param_hint="--at") from wrong
    try:
        tally = runs.run(name, at, for_at=min(at, present))
    except runs.Busy as busy:
        raise click.ClickException(f"{name} is running in another process.") from busy
    click.echo(f"{name}: {tally.done} done, {tally.failed} failed. {tally.message}".rstrip())
    if tally.failed:
        raise SystemExit(1)


@cli.group("clock", cls=AppGroup, invoke_without_command=True)
@click.pass_context
@with_appcontext
def clock(context: click.Context) -> None:
    """Show the program's clock."""
    if context.invoked_subcommand is None:
        click.echo(f"{program_clock.now().astimezone(OSLO):%Y-%m-%d %H:%M:%S} in Oslo")


@clock.command()
@click.argument("by")
def forward(by: str) -> None:
    """Move the demo's clock ahead: 30d, 12h or 90m. Never back; each job then catches up once."""
    if not _settings().demo:
        raise click.ClickException("The clock moves in demo mode only (TILSAGN_DEMO=1).")
    with writing():
        program_clock.forward(_length(by))
    click.echo(f"{program_clock.now().astimezone(OSLO):%Y-%m-%d %H:%M:%S} in Oslo")


def _length(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9][0-9]{0,4})([dhm])", text)
    if found is None:
        raise click.BadParameter("write how far ahead: 30d, 12h or 90m", param_hint="BY")
    unit = {"d": "days", "h": "hours", "m": "minutes"}[found[2]]
    return timedelta(**{unit: int(found[1])})


def _flask() -> Flask:
    flask: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy hides it from mypy
    return flask


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


if __name__ == "__main__":
    main()
