"""Pages of the GP track: the officer's, the GP's own, and the pilot area's."""

from flask import Blueprint

bp = Blueprint("compensation", __name__)

from app.compensation.routes import (  # noqa: E402, F401  (they hang on bp)
    agreement,
    applying,
    area,
    attaching,
    claiming,
    closing,
    correcting,
    drafting,
    follow_up,
    helfo,
    office,
    own,
    queue,
    review,
    terms,
)
