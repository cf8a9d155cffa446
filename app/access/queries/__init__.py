"""Reading people and what they may do."""

from app.access.queries.people import actor, by_username, demo_accounts, failures_since, names, title_of

__all__ = ["actor", "by_username", "demo_accounts", "failures_since", "names", "title_of"]
