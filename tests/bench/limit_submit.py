"""The least program that takes an application in: the rows ours writes, in one FULL transaction; nothing is judged.

No log-in, no guard, no form, no rules and no page. The seals and the words are computed by ours; the letter is one that
ours has stored for another draft of the same, with its own number.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from sqlalchemy.dialects.sqlite import insert

from app.audit.record import seal
from app.cases.models import Case
from app.db.session import watch
from app.values.clock import end_of_local_day, local_date, system_now
from app.values.money import format_amount
from app.values.words import indexed

_T = Case.metadata.tables
_case, _application, _call, _party, _answer, _partner, _account, _person = (
    _T[name].c
    for name in (
        "case_file",
        "application",
        "grant_call",
        "party",
        "application_answer",
        "application_partner",
        "bank_account",
        "user_account",
    )
)
_WHOLE = (
    sa.select(
        *(_case[n] for n in ("id", "party_id", "party_name", "title", "applied_ore")),
        *(_application[n] for n in ("purpose", "contact_name", "contact_email", "account_no")),
        _application.id.label("application_id"),
        *(_call[n] for n in ("rule_version_id", "answer_by_on", "deadline_on")),
        *(_party[n] for n in ("orgnr", "email")),
        sa.select(sa.func.min(_account.id))
        .where(_account.party_id == _case.party_id, _account.account_no == _application.account_no)
        .scalar_subquery()
        .label("account_id"),
    )
    .join(_T["application"], _application.case_id == _case.id)
    .join(_T["grant_call"], _call.id == _case.call_id)
    .join(_T["party"], _party.id == _case.party_id)
    .where(_case.public_id == sa.bindparam("asked"), _case.status == "draft")
    .where(_application.version == sa.bindparam("seen"))
)
_ANSWERS = sa.select(_answer.value).where(_answer.application_id == sa.bindparam("asked"))
_PARTNERS = (
    sa.select(_party.display_name, _party.orgnr)
    .join(_T["application_partner"], _partner.party_id == _party.id)
    .where(_partner.application_id == sa.bindparam("asked"))
)
_counter = _T["case_counter"].c
_COUNT = (
    insert(_T["case_counter"])
    .values(year=sa.bindparam("of"), next=2)
    .on_conflict_do_update(index_elements=["year"], set_={"next": _counter.next + 1})
    .returning(_counter.next)
)
_SEND = (
    sa.update(_T["case_file"])
    .where(_case.id == sa.bindparam("case"))
    .values(status="submitted", version=_case.version + 1)
)
_SIGN = (
    sa.update(_T["application"])
    .where(_application.id == sa.bindparam("signed"))
    .values(
        signed_by=sa.bindparam("by"),
        signed_title=sa.select(_person.title).where(_person.id == sa.bindparam("by")).scalar_subquery(),
    )
)
_HANDS = insert(_T["hand"]).on_conflict_do_nothing()
_TEXTS = sa.insert(_T["search_text"])
_WORDS = sa.insert(_T["search_doc"])
# The letter is at hand as text: nothing is gained by reading it and writing it again.
_QUEUE = sa.insert(_T["outgoing"]).values(
    facts=sa.bindparam("facts_text", type_=sa.Text), blocks=sa.bindparam("blocks_text", type_=sa.Text)
)
_ONCE = sa.insert(_T["once_token"])
_HEAD = sa.insert(_T["audit_head"])
_ENTRIES = sa.insert(_T["audit_entry"])


def bare_submit(url: str, letter: Mapping[str, Any]) -> Flask:
    """`letter`: one that ours queued for another of these drafts, with facts and blocks as text, its number «{nr}»."""
    app = Flask("bare-submit")
    engine = sa.create_engine(url)
    watch(engine)

    @app.post("/submit/<public_id>")
    def submit(public_id: str) -> tuple[str, int, dict[str, str]]:
        by, name, version = int(request.form["by"]), request.form["name"], int(request.form["version"])
        at, there = system_now(), f"/vaar-side/soknad/{public_id}/kvittering"
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            whole = connection.execute(_WHOLE, {"asked": public_id, "seen": version}).one()
            asked = {"asked": whole.application_id}
            said = [value for (value,) in connection.execute(_ANSWERS, asked) if isinstance(value, str)]
            partners = connection.execute(_PARTNERS, asked).all()
            year = local_date(at).year
            number = f"T{year % 100:02d}-{connection.execute(_COUNT, {'of': year}).scalar_one() - 1:04d}"
            connection.execute(
                _SEND,
                {
                    "case": whole.id,
                    "number": number,
                    "submitted_at": at,
                    "due_on": whole.answer_by_on,
                    "rule_version_id": whole.rule_version_id,
                    "late": at >= end_of_local_day(whole.deadline_on),
                },
            )
            connection.execute(_SIGN, {"signed": whole.application_id, "by": by})
            hand = {"user_id": by, "at": at}
            connection.execute(
                _HANDS,
                [
                    {"kind": "case", "thing_id": whole.id, "hand": "submitted", "case_id": whole.id, **hand},
                    {"kind": "account", "thing_id": whole.account_id, "hand": "typed", "case_id": None, **hand},
                ],
            )
            texts = {
                "number": number,
                "party": f"{whole.party_name} {whole.orgnr}",
                "title": whole.title,
                "purpose": whole.purpose,
                "answers": " ".join(said),
                "partners": " ".join(f"{each.display_name} {each.orgnr}" for each in partners),
                "contact": f"{whole.contact_name} {whole.contact_email}",
                "applied": format_amount(whole.applied_ore),
            }
            connection.execute(_TEXTS, [{"case_id": whole.id, "part": p, "text": text} for p, text in texts.items()])
            words = indexed(sorted(texts.values(), key=lambda text: (len(text), text)))
            connection.execute(_WORDS, {"case_id": whole.id, "words": " ".join(words)})
            subject = letter["subject"].replace("{nr}", number)
            connection.execute(
                _QUEUE,
                {
                    "public_id": secrets.token_urlsafe(12),
                    "key": f"receipt:{whole.id}",
                    "case_id": whole.id,
                    "party_id": whole.party_id,
                    "kind": "receipt",
                    "language": letter["language"],
                    "address": whole.email,
                    "subject": subject,
                    "body": letter["body"].replace("{nr}", number),
                    "letter": "receipt",
                    "facts_text": letter["facts"].replace("{nr}", number),
                    "blocks_text": letter["blocks"].replace("{nr}", number),
                    "text_version": letter["text_version"],
                    "status": "queued",
                    "not_before": at,
                    "queued_at": at,
                },
            )
            told = hashlib.sha256(f"{by}\0{public_id}\0version={version}".encode()).hexdigest()
            connection.execute(_ONCE, {"token": request.form["once"], "location": there, "at": at, "sent": told})
            _tell(connection, whole.id, number, subject, {"at": at, "by_id": by, "by_name": name, "case_id": whole.id})
        return "", 303, {"Location": there}

    return app


def _tell(connection: sa.Connection, case_id: int, number: str, subject: str, who: Mapping[str, Any]) -> None:
    """Two entries, each sealed with the seal before it, and the head of their stream, which is the case's first."""
    sent = {"from": "draft", "to": "submitted", "number": number}
    stream, entries = f"case:{case_id}", []
    for seq, (event, facts) in enumerate(
        (("case.submit", sent), ("outgoing.queued", {"subject": subject, "kind": "receipt"})), start=1
    ):
        entry = {"stream": stream, **who, "event": event, "facts": facts, "seq": seq}
        entries.append({**entry, "seal": seal(entries[-1]["seal"] if entries else "", entry)})
    connection.execute(_HEAD, {"stream": stream, "seq": len(entries), "seal": entries[-1]["seal"]})
    connection.execute(_ENTRIES, entries)
