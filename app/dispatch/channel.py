"""How this installation sends: by e-mail where a server is set, else to the outbox page."""

from datetime import datetime
from pathlib import PurePath

from flask import current_app

from app.access.domain.links import KIND, PLACE, link_address, mailed_token
from app.config import Settings
from app.db import db
from app.dispatch.mail import Postman
from app.dispatch.message import Attachment, Message
from app.dispatch.models import Outgoing
from app.documents.models import Document
from app.documents.queries import read


def postman() -> Postman | None:
    """The way to the e-mail server; None when what is sent only shows on the outbox page."""
    url = _settings().smtp_url
    return Postman(url) if url else None


def message(outgoing: Outgoing, at: datetime) -> Message:
    """It as e-mail, with the very bytes that are stored. Raises files.Damaged."""
    attachment = None
    if outgoing.document_id is not None:
        document = db.session.get_one(Document, outgoing.document_id)
        attachment = Attachment(PurePath(document.filename).name, read(document.sha256))
    return Message(
        key=outgoing.key,
        sender=_settings().mail_from,
        to=outgoing.address,
        subject=outgoing.subject,
        body=_body(outgoing),
        language=outgoing.language,
        at=at,
        attachment=attachment,
    )


def _body(outgoing: Outgoing) -> str:
    """Its words; a link for a password is written in now, since whoever reads the outbox could use it."""
    if outgoing.kind != KIND:
        return outgoing.body
    token = mailed_token(_settings().secret_key, outgoing.key)
    return outgoing.body.replace(PLACE, link_address(_settings().base_url, token))


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
