"""Pages of the GP track: the officer's, the GP's own, and the pilot area's."""

from flask import Blueprint

bp = Blueprint("compensation", __name__)

from app.compensation.routes import agreement, applying, area, claiming, follow_up, helfo, office, own, queue, review  # noqa: E402, F401  (they hang on bp)
