"""An application pasted from elsewhere: what is stored, shown and searched is what the eye saw."""

from collections.abc import Callable

from flask import Flask

from app.applications import queries
from app.cases.models import Case
from app.db import db
from app.db.clock import start_at
from app.db.session import writing
from tests import factories as make
from tests.applying import SUBMITTED
from tests.client import Client


def test_pasted_signs_are_read_as_they_are_seen(app: Flask, client_for: Callable[[str], Client]) -> None:
    with app.app_context():
        make.people()
        make.published_call()
        with writing():
            start_at(SUBMITTED)
        case = make.draft(complete=False)
    address = f"/vaar-side/soknad/{case.public_id}"
    client = client_for("demovik")
    client.see(f"{address}/del/kontakt").press(
        "Lagre og fortsett",
        name="\ufeffTor\u000bDemo\u200b",
        title="fag\u00adsjef",
        email="\u2066tor@kommune.no\u2069",
        phone="\u202d＋47\u00a022 33\t44 55\u202c",
        account_no="1234\u00a056\u200e 00009\ufe0f",
    )
    client.see(f"{address}/del/prosjekt").press(
        "Lagre og fortsett",
        title="Lege\u00admiddelliste\u2028i hele\tkommunen",
        purpose="Færre\r\nfeil\u2028og\u00a0mer\u200dtid",
        starts_on="\u200e01\u200b.03.\u00ad2025",
        ends_on="2025\u201112\u201131",
    )
    client.see(f"{address}/del/tiltak").press(
        "Lagre og fortsett", q_plan="a\x0bb", q_pilot="yes", q_gps="\ufeff1\u202f200"
    )
    client.see(f"{address}/del/budsjett").press(
        "Lagre og fortsett",
        applied="1\u2009250\u2009000,50\u200f",
        own_funding="０",
        cost_0="salary",
        text_0="x",
        amount_0="1",
    )
    with app.app_context():
        found = queries.by_case(case.id)
        contact = (found.contact_name, found.contact_title, found.contact_email, found.contact_phone, found.account_no)
        assert contact == ("Tor Demo", "fagsjef", "tor@kommune.no", "+47 22 33 44 55", "12345600009")
        assert found.purpose == "Færre\nfeil\nog mertid"
        assert (found.starts_on.isoformat(), found.ends_on.isoformat()) == ("2025-03-01", "2025-12-31")
        assert db.session.get_one(Case, case.id).title == "Legemiddelliste i hele kommunen"
        db.session.rollback()
