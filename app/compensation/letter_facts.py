"""What the letters of answers tell, frozen with the answers as plain facts; `letters` draws them later."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.access.models import User
from app.cases.models import Case
from app.compensation import queries
from app.compensation.models import Claim, ClaimLine, GpAgreement
from app.compensation.workflow import AgreementStatus, Status
from app.dispatch.letterhead import letterhead
from app.dispatch.words import say, title_in
from app.parties.models import Party
from app.rules.domain import PaidThrough, Rules
from app.rules.models import Pot
from app.rules.queries import pots, rules_of
from app.values.clock import local_date
from app.values.language import N_, Language

CLAIM, AGREEMENT, COUNTER = "claim_answer", "agreement_answer", "counter_answer"
_OFFICER = N_("saksbehandler")


def language_of(party: Party) -> str:
    """The form of Norwegian the payee is written to in (språklova § 15; domain D.7)."""
    return (party.language_decision.demands or Language.NB).value


def of_claims(answered: Sequence[tuple[Claim, Case]], on: date) -> dict[int, dict[str, Any]]:
    """The facts of each answer by its claim's key, in a fixed number of statements. `case.party` must be loaded."""
    told = queries.told_of_agreements({claim.agreement_id for claim, _ in answered})
    lines = queries.lines_of([claim.id for claim, _ in answered])
    people = queries.people({claim.reviewed_by for claim, _ in answered if claim.reviewed_by})
    by_id, heads = {pot.id: pot for pot in pots()}, dict[Any, dict[str, Any]]()
    found = {}
    for claim, case in answered:
        decider = people.get(claim.reviewed_by) if claim.reviewed_by else None
        language, whose = language_of(case.party), (case.party_id, claim.reviewed_by)
        if whose not in heads:
            heads[whose] = letterhead(case, case.party, decider, language=language, dated_on=on)
        head = {**heads[whose], "case_no": case.number or "", "our_ref": case.number or ""}
        head["archive_case_no"] = case.archive_no or ""
        rules = rules_of(claim.rule_version_id)
        found[claim.id] = {
            "head": head,
            "gp_name": told[claim.agreement_id].gp_name,
            "submitted_on": local_date(claim.submitted_at).isoformat(),
            "from_on": claim.from_on.isoformat(),
            "to_on": claim.to_on.isoformat(),
            "agreed_from": told[claim.agreement_id].from_on.isoformat(),
            "agreed_to": told[claim.agreement_id].last_on.isoformat(),
            "answer": claim.status.value,
            "claimed_ore": claim.claimed_ore,
            "approved_ore": claim.approved_ore or 0,
            "lines": _lines(claim, lines[claim.id], rules, language),
            "decided_by": _person(decider, language),
            "reason": claim.reason,
            "by_rule": claim.rule is not None,
            "by_helfo": rules.paid_through is not PaidThrough.US,
            **_basis(by_id[case.pot_id], rules, language),
        }
    return found


def of_agreement(agreement: GpAgreement, case: Case, payee: Party, by: User, on: date) -> dict[str, Any]:
    """The facts of the answer to an application for an agreement."""
    language, rules = language_of(payee), rules_of(case.rule_version_id)
    assert agreement.signed_on is not None
    pot = {each.id: each for each in pots()}[case.pot_id]
    return {
        "head": letterhead(case, payee, by, language=language, dated_on=on),
        "gp_name": agreement.gp_name,
        "area_name": queries.area_name(agreement.area_id),
        "signed_on": agreement.signed_on.isoformat(),
        "from_on": agreement.from_on.isoformat(),
        "to_on": agreement.to_on.isoformat(),
        "cap_ore": agreement.cap_ore,
        "agreed": agreement.status is AgreementStatus.ACTIVE,
        "prices": [
            {
                "name": price.words.in_(language),
                "most": price.counted(price.max_units, language),
                "unit_price_ore": price.unit_price_ore,
            }
            for price in rules.unit_prices
        ],
        "decided_by": _person(by, language),
        "reason": agreement.reason,
        **_basis(pot, rules, language),
    }


def of_counter(claim: Claim, case: Case, countered: queries.Countered, by: User, on: date) -> dict[str, Any]:
    """The facts of the answer that takes this back of a claim, which counts it already. `case.party` must be loaded."""
    language, rules = language_of(case.party), rules_of(claim.rule_version_id)
    told = queries.told_of_agreements([claim.agreement_id])[claim.agreement_id]
    prices = {price.code: price for price in rules.unit_prices}
    pot = {each.id: each for each in pots()}[case.pot_id]
    return {
        "head": letterhead(case, case.party, by, language=language, dated_on=on),
        "gp_name": told.gp_name,
        "from_on": claim.from_on.isoformat(),
        "to_on": claim.to_on.isoformat(),
        "agreed_from": told.from_on.isoformat(),
        "agreed_to": told.last_on.isoformat(),
        "approved_ore": claim.approved_ore or 0,
        "taken_back_ore": countered.counter.amount_ore,
        "left_ore": claim.net_ore,
        "lines": [
            {
                "name": prices[line.code].words.in_(language),
                "units": prices[line.code].counted(line.units, language),
                "unit_price_ore": line.unit_price_ore,
                "amount_ore": line.amount_ore,
            }
            for line in countered.lines
        ],
        "decided_by": _person(by, language),
        "reason": countered.counter.reason,
        **_basis(pot, rules, language),
    }


def _lines(claim: Claim, lines: Sequence[ClaimLine], rules: Rules, language: str) -> list[Mapping[str, object]]:
    """What each price gives; a refused claim gives nothing, whatever its lines were reckoned to."""
    prices, refused = {price.code: price for price in rules.unit_prices}, claim.status is Status.REFUSED
    return [
        {
            "name": prices[line.code].words.in_(language),
            "asked": prices[line.code].counted(line.units, language),
            "paid": prices[line.code].counted(0 if refused else line.paid_units, language),
            "unit_price_ore": line.unit_price_ore,
            "asked_ore": line.units * line.unit_price_ore,
            "amount_ore": 0 if refused else line.amount_ore,
        }
        for line in lines
    ]


def _basis(pot: Pot, rules: Rules, language: str) -> dict[str, Any]:
    return {
        "scheme_name": pot.name_nn if language == Language.NN else pot.name_nb,
        "legal_basis": rules.legal_basis.in_(language).strip().removesuffix("."),  # stands inside a sentence
        "complaint": {"body": rules.complaint_body.in_(language)},
    }


def _person(user: User | None, language: str) -> dict[str, str]:
    """Who decided; nobody where a rule did."""
    if user is None:
        return {"name": "", "title": ""}
    return {"name": user.name, "title": title_in(language, user.title) or say(language, _OFFICER)}
