"""Triggers that hold on both databases: what may never be changed or removed.

They hang on the tables, so create_all makes them; the migration carries the same text, and a test compares the two.
"""

import sqlalchemy as sa


def on_dialect(dialect: str, text: str) -> sa.ExecutableDDLElement:
    """A statement that runs on one database only, when the table is made."""
    ddl: sa.ExecutableDDLElement = sa.DDL(text.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap
    return ddl


def append_only(table: sa.Table) -> None:
    """No UPDATE and no DELETE, whoever asks."""
    for act in ("UPDATE", "DELETE"):
        _guard(table, act, "", f"{table.name} is append-only")


def locked_when(table: sa.Table, condition: str, columns: tuple[str, ...]) -> None:
    """Rows that meet `condition` (on OLD) keep these columns, and are not deleted."""
    named = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns)
    _guard(table, "UPDATE", f"({condition}) AND ({named})", f"{table.name} is settled")
    _guard(table, "DELETE", condition, f"{table.name} is settled")


def refused_when(table: sa.Table, condition: str, message: str, *, act: str = "INSERT", name: str = "insert") -> None:
    """No INSERT (or UPDATE) of a row that meets `condition` (on NEW, and OLD), which may read other rows."""
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    name, before = f"tr_{table.name}_{name}", f"BEFORE {act} ON {table.name} FOR EACH ROW"
    _hang(
        table,
        {
            "sqlite": [
                f"CREATE TRIGGER {name} {before} WHEN {_lite(condition)} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ],
            "postgresql": [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN IF {condition} THEN {raised}; END IF; RETURN NEW; END $$",
                f"CREATE TRIGGER {name} {before} EXECUTE FUNCTION {name}()",
            ],
        },
    )


def also_when(table: sa.Table, act: str, condition: str, change: str, *, name: str, first: str = "") -> None:
    """After an `act` on a row that meets `condition` (on NEW), make a `change` in another table too.

    `first`: what PostgreSQL does before it, to take its locks in the order of the verbs.
    """
    name, after = f"tr_{table.name}_{name}", f"AFTER {act} ON {table.name} FOR EACH ROW WHEN ({condition})"
    _hang(
        table,
        {
            "sqlite": [f"CREATE TRIGGER {name} {after} BEGIN {change}; END"],
            "postgresql": [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN {first}{change}; RETURN NULL; END $$",
                f"CREATE TRIGGER {name} {after} EXECUTE FUNCTION {name}()",
            ],
        },
    )


def statements(table: str, act: str, condition: str, message: str) -> dict[str, list[str]]:
    """The SQL of one trigger, per dialect."""
    name = f"tr_{table}_{act.lower()}"
    when = f"WHEN ({condition})" if condition else ""
    back = "NEW" if act == "UPDATE" else "OLD"
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    before = f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW"
    return {
        "sqlite": [f"{before} {_lite(when)} BEGIN SELECT RAISE(ABORT, '{message}'); END"],
        "postgresql": [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised}; RETURN {back}; END $$",
            f"{before} {when} EXECUTE FUNCTION {name}()",
        ],
    }


def _lite(condition: str) -> str:
    """SQLite before 3.39 knows only its own word for it."""
    return condition.replace("IS DISTINCT FROM", "IS NOT")


def _guard(table: sa.Table, act: str, condition: str, message: str) -> None:
    _hang(table, statements(table.name, act, condition, message))


def _hang(table: sa.Table, made: dict[str, list[str]]) -> None:
    for dialect, texts in made.items():
        table.info.setdefault("triggers", {}).setdefault(dialect, []).extend(texts)
        for text in texts:
            sa.event.listen(table, "after_create", on_dialect(dialect, text))
