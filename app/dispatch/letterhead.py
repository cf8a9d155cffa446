"""What every letter carries, as the plain facts that letters.facts.Head reads."""

from datetime import date
from typing import Any

from flask import current_app

from app.access.models import User
from app.cases.models import Case
from app.config import Settings
from app.dispatch.words import say, title_in
from app.parties.models import Party
from app.values.identity import format_orgnr
from app.values.language import N_


def letterhead(case: Case, party: Party, handler: User | None, *, language: str, dated_on: date) -> dict[str, Any]:
    """Sender, recipient, references and case handler of a letter; without a handler, the authority itself."""
    settings: Settings = current_app.config["SETTINGS"]
    return {
        "language": language,
        "case_no": case.number or "",
        "our_ref": case.number or "",
        "archive_case_no": case.archive_no or "",
        "dated_on": dated_on.isoformat(),
        "sender": {
            "name": settings.authority,
            "orgnr": format_orgnr(settings.authority_orgnr),
            "unit": say(language, N_("Tilskuddsforvaltning")),
            "address": [],
            "phone": settings.contact_phone,
            "email": settings.contact_email,
            "web": settings.base_url,
        },
        "recipient": {
            "name": party.display_name,
            "orgnr": format_orgnr(party.orgnr),
            "address": [_place(party, language)],
        },
        "case_handler": {
            "name": handler.name if handler else settings.authority,
            "title": title_in(language, handler.title) if handler else "",
            "phone": (handler.phone if handler else "") or settings.contact_phone,
            "email": (handler.email if handler else "") or settings.contact_email,
        },
        "demo": settings.demo,
    }


def _place(party: Party, language: str) -> str:
    """The line under the name; letters go digitally, so an organisation without a known address says that."""
    return f"{party.postcode} {party.post_town}".strip() or say(language, N_("Sendt digitalt"))
