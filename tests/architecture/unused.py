"""Code nobody calls, by vulture: `make unused`, a part of `make check`. Tests do not count as callers.

What templates, frameworks and the database call by name is told here; what waits for its caller stands in WAITING.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from vulture import Vulture

from tests.architecture.source import PROGRAM, ROOT, parsed, python_files, short

# Written before its caller: who will need it. A name leaves the list with its first caller, or the code goes.
WAITING = {
    "put_at_disposal": "the frame's page, with its letter of allocation",
    "decide_all": "a round decided together",
    "one_month_after": "interim replies (forvaltningsloven § 11 a)",
    "INTERIM_REPLY_WARNING_DAYS": "interim replies (forvaltningsloven § 11 a)",
    "others_complaint_deadline": "complaints (§ 29)",
    "late_complaint_barred_after": "complaints (§ 31)",
    "COMPLAINT_FORWARD_WEEKS": "complaints handed over to the ministry",
    "ArrivalBasis": "complaints: the day a decision reached its party",
    "assumed_arrival": "complaints: the day a decision reached its party",
    "make_kid": "payment files",
    "parse_kid": "payment files",
}
# Called by name: views, commands, hooks and listeners by their frameworks, jobs by the timetable.
DECORATORS = [
    "@*.app_template_global",
    "@*.get",
    "@*.post",
    "@*.route",
    "@*.command",
    "@*.listens_for",
    "@*_loader",
    "@*.errorhandler",
    "@compiles",
]
NAMES = [
    "validate_*", "pre_validate", "process_data", "field_flags", "csrf_class", "get_translations",  # WTForms
    "get_id", "session_protection", "request_class", "jinja_environment", "max_content_length", "ensure_sync",  # Flask
    "parameter_storage_class", "form_data_parser_class", "code_generator_class",
    "template_class", "visit_Call", "_get_default_module", "*_blocks",  # Werkzeug, Jinja
    "impl", "cache_ok", "process_bind_param", "process_result_value", "type_annotation_map", "isolation_level",
    "comparator_factory", "inherit_cache",  # SQL
    "channel_class", "parser_class", "error_task_class", "maintenance", "will_close", "getfile", "readline",  # waitress
    "lastResort", "critical", "debug", "_value_",  # logging and enum
    "creator", "keywords", "producer", "signature", "encrypt", "YMDhms", "Metadata", "OutputIntents", "Struct*",
    "Contents", "Annots", "MarkInfo", "Tabs",  # PDF
    "session_of", "only_show", "sent_form", "page_language",  # kept on `g`, read there by `g.get`
    "post_guard", "asks_password", "mermaid", "FREE",  # marks and words that the tests hold the house to
]  # fmt: skip
# A row of a file or a table as it is: each column has its name, whoever reads it.
ROWS = ("app/parties/register.py", "models")


class _Callers(Vulture):  # type: ignore[misc]  # vulture ships no types
    """Names in `__all__` are doors of a room, not callers."""

    def visit_Assign(self, node: ast.Assign) -> None:
        """Let it be: vulture counts what stands in `__all__` as used."""


def template_names() -> Iterator[str]:
    """Every name a template's own code says: a macro's, a function's, an attribute's; never its texts."""
    for path in (ROOT / "app" / "templates").rglob("*.*"):
        for code in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", path.read_text(encoding="utf-8"), re.DOTALL):
            yield from re.findall(r"[A-Za-z_]\w+", re.sub(r'"[^"]*"', "", code))


def names_of_rows() -> Iterator[str]:
    """Columns, and the codes of an enum, which come from the database and from forms as they are stored."""
    for path in python_files(*PROGRAM):
        columns = any(part in short(path) for part in ROWS)
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and (columns or any(_enum(base) for base in node.bases)):
                for each in node.body:
                    targets = each.targets if isinstance(each, ast.Assign) else [getattr(each, "target", None)]
                    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _enum(base: ast.expr) -> bool:
    return ast.unparse(base).endswith(("Enum", "Worded"))


def read_by_name() -> Iterator[str]:
    """What `attrgetter` reads."""
    for path in python_files(*PROGRAM):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "attrgetter":
                yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


def jobs() -> Iterator[str]:
    """The functions the timetable names."""
    text = (ROOT / "app" / "jobs" / "timetable.py").read_text(encoding="utf-8")
    yield from re.findall(r'"app\.\w+\.jobs\.(\w+)"', text)


def unused() -> list[str]:
    """What has no caller, as `file:line kind name`."""
    found = _Callers(ignore_names=NAMES, ignore_decorators=DECORATORS)
    found.scavenge([str(ROOT / folder) for folder in PROGRAM])
    found.used_names.update(template_names(), names_of_rows(), read_by_name(), jobs())
    alone = found.get_unused_code()
    called = [
        f"{name} is called now, or gone: take it out of WAITING" for name in WAITING.keys() - {a.name for a in alone}
    ]
    return called + [
        f"{short(Path(each.filename))}:{each.first_lineno} {each.typ} {each.name}"
        for each in alone
        if each.name not in WAITING
    ]


if __name__ == "__main__":
    told = unused()
    print("\n".join(told) or "Everything has a caller.")
    sys.exit(bool(told))
