"""The applicant's pages: start, write, sign, withdraw, answer."""

from flask import Blueprint

bp = Blueprint("applications", __name__, url_prefix="/vaar-side")

from app.applications.routes import drafting, sections, sending  # noqa: E402, F401  (they hang their pages on bp)
