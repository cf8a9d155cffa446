"""Links for choosing a password: handed over once to who has none yet, mailed to everybody else."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta

# What a mailed link is in the outbox, and where it stands in the words until the moment they are sent.
KIND = "password_link"
PLACE = "<lenke>"


@dataclass(frozen=True)
class Links:
    """How this installation gives them: how long one lasts, and how old an e-mail address is before it gets one.

    `secret`: the installation's key; `by_mail`: whether there is an e-mail server at all.
    """

    lasts: timedelta
    rest: timedelta
    by_mail: bool
    secret: str = field(repr=False)


def mailed_token(secret: str, key: str) -> str:
    """The token of the link in what is sent for this cause: made from our key when it is sent, and kept nowhere."""
    return hmac.new(secret.encode(), f"password link {key}".encode(), hashlib.sha256).hexdigest()


def link_address(base_url: str, token: str) -> str:
    """Where a link leads. The token stands in the query, which the log does not hold."""
    return f"{base_url.rstrip('/')}/nytt-passord?kode={token}"
