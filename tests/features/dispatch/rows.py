"""Letters and notices to send, on a case of Demovik."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from app.cases.models import Case
from app.db import db, writing
from app.dispatch.actions import queue_letter, queue_notice
from app.dispatch.models import Outgoing
from app.dispatch.queries import by_key
from letters import to_json
from tests import award_rows, letter_samples
from tests.factories import party, people, user

AT = datetime(2025, 2, 10, 9, 0, tzinfo=UTC)


@dataclass
class Sent:
    """What a test looks at afterwards, read anew."""

    key: str

    def now(self) -> Outgoing:
        db.session.rollback()
        found = by_key(self.key)
        assert found is not None
        return found


def a_case() -> Case:
    """A case of Demovik, which has an e-mail address."""
    people()
    with writing():
        owner = party("312999005")
        owner.email = "postmottak@demovik.example"
        return award_rows.case(
            award_rows.pot(user("officer1"), AT), owner, "T25-0123", 3_000_000_00, user("officer1"), AT
        )


def facts(**changes: Any) -> dict[str, Any]:
    """The facts of an award letter, as they are stored."""
    return dict(json.loads(to_json(replace(letter_samples.award(), **changes))))


def a_letter(case: Case, key: str = "decision:1", **changes: Any) -> Sent:
    """A queued award letter."""
    values: dict[str, Any] = {
        "kind": "award",
        "letter": "award",
        "facts": facts(),
        "language": "nb",
        "subject": "Vedtak om tilskudd – sak T25-0123",
        "body": "Dere har fått et vedtak.\n.\nSe vedlegget, og ha en fin dag på Skøyen.",
        "at": AT,
        "by": None,
    }
    with writing():
        queue_letter(key=key, case=case, **{**values, **changes})
    return Sent(key)


def a_notice(case: Case | None, key: str = "notice:1", **changes: Any) -> Sent:
    """A queued notice."""
    values: dict[str, Any] = {
        "party_id": case.party_id if case else None,
        "kind": "reminder",
        "address": "postmottak@demovik.example",
        "language": "nb",
        "subject": "Rapporten forfaller snart",
        "body": "Husk rapporten.",
        "at": AT,
    }
    with writing():
        queue_notice(key=key, case=case, **{**values, **changes})
    return Sent(key)


def with_mail(app: Flask, url: str) -> None:
    """Let the program send to this server."""
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=url)
