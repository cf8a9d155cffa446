"""What the room's pages share."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("awards", __name__)
Answer = Response | str | tuple[str, int]
