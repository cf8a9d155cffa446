"""Tilsagn: grant schemes from published rules to the closed year.

Nothing is imported at module level: forms and letters import app.values, and an eager import would make a circle.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The web application; `settings` default to the environment. Raises config.Missing when something is not set."""
    from app.config import Settings
    from app.factory import build

    return build(settings or Settings.from_environment())
