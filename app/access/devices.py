"""Where a request comes from: the address, the browser in words, and the mark of a browser people have entered from."""

import hashlib
import hmac
import re
import secrets
from ipaddress import IPv6Address, ip_address
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from app.access.actions import Came, Device
from app.access.domain.devices import browser_and_system

YEAR_SECONDS = 365 * 24 * 60 * 60
# People who share a browser; the one who came longest ago is forgotten first.
MOST = 10
# Some proxies tell the visitor's port too, another for every request: «192.0.2.7:50123», «[2001:db8::7]:50123».
_WITH_PORT = re.compile(r"\[([^\]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")


def came(username: str) -> Came:
    """Who tries to log in from where. The name is hashed with our key: what is typed there may be a password."""
    key = str(current_app.secret_key).encode()
    name = hmac.new(key, username.strip().casefold().encode(), hashlib.sha256).hexdigest()
    mark, people = _known()
    return Came(name, address(), mark, frozenset(people))


def address() -> str:
    """The address the request comes from; behind TILSAGN_TRUSTED_PROXIES the one they tell. Empty when it is none."""
    told = request.remote_addr or ""
    if with_port := _WITH_PORT.fullmatch(told):
        told = with_port[1] or with_port[2]
    try:
        read = ip_address(told.partition("%")[0])
    except ValueError:
        return ""
    return str((isinstance(read, IPv6Address) and read.ipv4_mapped) or read)


def device() -> Device:
    """The address and the browser in words."""
    browser, system = browser_and_system(request.headers.get("User-Agent", ""))
    return Device(address(), browser, system)


def remember(response: Response, user_id: int) -> Response:
    """Mark the browser as one this person has entered from: it gets tries of its own, and opens nothing."""
    mark, people = _known()
    value = [mark or secrets.token_urlsafe(12), [*(each for each in people if each != user_id), user_id][-MOST:]]
    response.set_cookie(
        _name(),
        _signer().dumps(value),
        max_age=YEAR_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _known() -> tuple[str, list[int]]:
    try:
        mark, people = _signer().loads(request.cookies.get(_name(), ""))
    except BadData:
        return "", []
    return mark, people


def _name() -> str:
    return str(current_app.config["SESSION_COOKIE_NAME"]) + "-kjent"


def _signer() -> Any:
    return URLSafeSerializer(str(current_app.secret_key), salt="known-device")
