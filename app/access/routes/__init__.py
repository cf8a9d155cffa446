"""The pages about people and their log-in."""

from app.access.routes import entering, sessions, watching
from app.access.routes.blueprint import bp
from app.access.routes.entering import home_of

__all__ = ["bp", "entering", "home_of", "sessions", "watching"]
