"""The command line: `tilsagn start`, `migrate`, `verify-audit`, `jobs`, `run-job`, `clock`."""

import click
from flask.cli import FlaskGroup

from app import create_app
from app.audit.verify import faults
from app.config import Missing
from app.db import db
from app.db.migrate import to_newest, write_next


class _Group(FlaskGroup):
    """Says what is missing instead of showing a stack trace."""

    def main(self, *args: object, **kwargs: object) -> object:
        try:
            return super().main(*args, **kwargs)  # type: ignore[arg-type]
        except Missing as missing:
            raise SystemExit(str(missing)) from missing


main = _Group(name="tilsagn", create_app=create_app, add_default_commands=False)


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    to_newest(db.engine)


@main.command("write-migration")
@click.argument("revision")
@click.argument("message")
def write_migration(revision: str, message: str) -> None:
    """Write a migration for what the models have and the database lacks (developers)."""
    write_next(db.engine, revision, message)


@main.command("verify-audit")
def verify_audit() -> None:
    """Prove the whole record: every seal, number and checkpoint. Exit 1 on the first breaks."""
    found = list(faults())
    for fault in found:
        click.echo(fault)
    if found:
        raise SystemExit(1)
    click.echo("The record is whole.")


if __name__ == "__main__":
    main()
