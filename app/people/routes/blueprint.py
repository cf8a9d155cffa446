"""Hangs on nothing, so that each file of routes can hang on it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.models import User
from app.people import queries

bp = Blueprint("people", __name__)
Page = Response | str | tuple[str, int]


def found(username: str) -> User:
    """The person of this address, or 404."""
    return queries.by_username(username) or abort(404)


def back(user: User) -> Response:
    """To the person's page."""
    return redirect(url_for("people.person", username=user.username), 303)


def drawn(name: str, **values: Any) -> tuple[str, int]:
    """The page, told apart when the form on it was refused."""
    return render_template(f"people/{name}.html", **values), 422 if request.method == "POST" else 200
