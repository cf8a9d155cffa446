"""A letter is composed, judged and kept before it is queued, whatever its kind."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import letters
from app.cases.models import Case
from app.db import db
from app.dispatch import jobs, rendering
from app.dispatch.models import Outgoing
from app.dispatch.workflow import Status
from app.documents.models import Document
from app.documents.queries import read
from app.flow import Refused
from app.values.language import Language
from tests import letter_samples
from tests.features.dispatch.rows import AT, a_case, a_letter


def test_every_kind_of_letter_is_asked_before_it_is_queued(app: Flask) -> None:
    with app.app_context():
        case = a_case()
        for kind, make in letter_samples.SAMPLES.items():
            facts: dict[str, Any] = json.loads(letters.to_json(make(Language.NB)))
            facts["head"]["case_handler"]["name"] = "Kari 😀"
            with pytest.raises(Refused, match="😀"):
                a_letter(case, f"{kind}:1", letter=kind, facts=facts)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Outgoing)) == 0


def test_a_letter_is_printed_from_what_was_kept_whatever_the_texts_say_now(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        first, second = a_letter(a_case()), a_letter(db.session.scalars(sa.select(Case)).one(), "decision:2")
        kept = json.dumps(first.now().blocks)
        monkeypatch.setattr("letters.wording.text", lambda *_given: pytest.fail("composed anew"))
        jobs.render_due(AT)
        one = db.session.scalars(sa.select(Document).order_by(Document.id)).first()
        assert one is not None
        assert read(one.sha256) == rendering.render(kept).data
        assert second.now().status is Status.READY
