"""Imports every model, event, kind of order and kind of delivery.

So Alembic, relationships, the record, orders and deliveries see them all.
"""

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
import app.rules.models
import app.summaries.models  # noqa: F401  (for what importing does)
from app.audit.catalogue import register
from app.db import Base
from app.flow.acting import guard
from app.orders.kinds import register as register_orders
from app.summaries.kinds import register as register_deliveries

ROOMS = [
    "access",
    "parties",
    "rules",
    "cases",
    "budget",
    "documents",
    "orders",
    "summaries",
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
    if find_spec(f"app.{_room}.deliveries"):
        register_deliveries(*import_module(f"app.{_room}.deliveries").KINDS)

guard(Base.metadata)
