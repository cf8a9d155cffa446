"""Imports every model, event and kind of order, so that Alembic, relationships, the record and orders see them all."""

from importlib import import_module
from importlib.util import find_spec

import app.access.models
import app.applications.models
import app.assessments.models
import app.audit.models
import app.awards.models
import app.budget.models
import app.cases.models
import app.compensation.models
import app.db.clock
import app.db.runs
import app.db.search
import app.dispatch.models
import app.documents.models
import app.orders.models
import app.parties.models
import app.payables.models
import app.payouts.models
import app.reports.models
import app.rules.models  # noqa: F401  (for what importing does)
from app.audit.catalogue import register
from app.db import Base
from app.flow.acting import guard
from app.orders.kinds import register as register_orders

ROOMS = [
    "access",
    "parties",
    "rules",
    "cases",
    "budget",
    "documents",
    "orders",
    "dispatch",
    "applications",
    "assessments",
    "awards",
    "compensation",
    "reports",
    "payouts",
    "people",
]

for _room in ROOMS:
    if find_spec(f"app.{_room}.events"):
        register(*import_module(f"app.{_room}.events").EVENTS)
    if _room != "orders" and find_spec(f"app.{_room}.orders"):
        register_orders(*import_module(f"app.{_room}.orders").KINDS)

guard(Base.metadata)
