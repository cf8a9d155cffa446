"""What documents claims, and which of them lack it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.compensation.models import Claim, ClaimAttachment, ClaimLine
from app.db import db
from app.documents.models import Document
from app.rules.domain import UnitPrice
from app.rules.queries import rules_of


def asked_of(claims: Collection[Claim]) -> dict[int, list[UnitPrice]]:
    """The unit prices of each claim that must be documented, by claim; those with none are not there."""
    prices = {version: _documented(version) for version in {claim.rule_version_id for claim in claims}}
    if not any(prices.values()):
        return {}
    query = sa.select(ClaimLine.claim_id, ClaimLine.code).where(ClaimLine.claim_id.in_([claim.id for claim in claims]))
    lines = {(row.claim_id, row.code) for row in db.session.execute(query)}
    found = {
        claim.id: [price for price in prices[claim.rule_version_id] if (claim.id, price.code) in lines]
        for claim in claims
    }
    return {key: asked for key, asked in found.items() if asked}


def lacking(claims: Collection[Claim]) -> dict[int, list[UnitPrice]]:
    """Those of these prices that nothing is laid by for yet, by claim."""
    asked = asked_of(claims)
    if not asked:
        return {}
    query = sa.select(ClaimAttachment.claim_id, ClaimAttachment.code).where(ClaimAttachment.claim_id.in_(asked))
    there = {(row.claim_id, row.code) for row in db.session.execute(query)}
    found = {key: [each for each in prices if (key, each.code) not in there] for key, prices in asked.items()}
    return {key: prices for key, prices in found.items() if prices}


def attached_to(claim_id: int) -> Sequence[sa.Row[str, Document]]:
    """The documents of a claim, by the code each is for, in the order they came."""
    query = sa.select(ClaimAttachment.code, Document).join(Document, Document.id == ClaimAttachment.document_id)
    return db.session.execute(query.where(ClaimAttachment.claim_id == claim_id).order_by(Document.id)).all()


def _documented(version_id: int) -> list[UnitPrice]:
    return [price for price in rules_of(version_id).unit_prices if price.documented]
