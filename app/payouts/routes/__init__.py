"""Pages of finance: what is to be signed, the lists, and new account numbers; the last also the recipient's own."""

from flask import Blueprint

bp = Blueprint("payouts", __name__, url_prefix="/utbetalinger")

from app.payouts.routes import accounts, countering, giving, home, lines, lists, payable, repaying, set_offs, statement  # noqa: E402, F401  (they hang on bp)
