"""Where the room's pages hang."""

from flask import Blueprint

bp = Blueprint("access", __name__)
