"""Permissions and roles as two short tables, and the person who acts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from app.values.language import N_, Worded


class Permission(StrEnum):
    """One thing a person may do."""

    READ_CASES = "read_cases"
    DRAFT_RULES = "draft_rules"
    APPROVE_RULES = "approve_rules"
    PUBLISH = "publish"
    REGISTER = "register"
    DISTRIBUTE = "distribute"
    ASSESS = "assess"
    RECOMMEND = "recommend"
    DECIDE = "decide"
    STOP_PAYMENT = "stop_payment"
    READ_PAYOUTS = "read_payouts"
    ATTEST = "attest"
    APPROVE_PAYOUT = "approve_payout"
    AUTHORISE_FILE = "authorise_file"
    CONTROL_ACCOUNT = "control_account"
    REVIEW_REPORT = "review_report"
    REVIEW_CLAIM = "review_claim"
    READ_OUTBOX = "read_outbox"
    READ_JOBS = "read_jobs"
    READ_AUDIT = "read_audit"
    MANAGE_USERS = "manage_users"
    CONFIRM_BUDGET = "confirm_budget"
    PROPOSE_FRAME = "propose_frame"
    WRITE_SUMMARY = "write_summary"
    APPROVE_SUMMARY = "approve_summary"
    OWN_PORTAL = "own_portal"
    WRITE_OWN = "write_own"
    SIGN_OWN = "sign_own"
    CLAIM_OWN = "claim_own"
    CONFIRM_CLAIM = "confirm_claim"
    IMPORT_CLAIMS = "import_claims"
    IMPORT_STATISTICS = "import_statistics"
    PLACE_ORDER = "place_order"


class Role(Worded):
    """Roles as shown (domain J.4); the last four are held in a membership, for one organisation or pilot area."""

    OFFICER = "officer", N_("saksbehandler")
    LEAD = "lead", N_("fagansvarlig")
    DECIDER = "decider", N_("leder med BDM")
    FINANCE = "finance", N_("økonomi")
    ARCHIVIST = "archivist", N_("arkiv")
    AUDITOR = "auditor", N_("kontroll (lesetilgang)")
    ADMIN = "admin", N_("administrator")
    WRITER = "writer", N_("kan skrive")
    SIGNER = "signer", N_("kan signere")
    ACCOUNTANT = "accountant", N_("revisor")
    COORDINATOR = "coordinator", N_("utprøvingsområde")


INSIDE = (Role.OFFICER, Role.LEAD, Role.DECIDER, Role.FINANCE, Role.ARCHIVIST, Role.AUDITOR, Role.ADMIN)
OUTSIDE = (Role.WRITER, Role.SIGNER, Role.ACCOUNTANT, Role.COORDINATOR)

_P = Permission
_READ = {_P.READ_CASES, _P.READ_OUTBOX, _P.READ_JOBS}
_HANDLE = _READ | {
    _P.DRAFT_RULES,
    _P.PUBLISH,
    _P.REGISTER,
    _P.ASSESS,
    _P.RECOMMEND,
    _P.STOP_PAYMENT,
    _P.REVIEW_REPORT,
    _P.REVIEW_CLAIM,
    _P.IMPORT_STATISTICS,
    _P.PLACE_ORDER,
    _P.READ_PAYOUTS,
    _P.ATTEST,
    _P.WRITE_SUMMARY,
}

# Segregation of duties, domain C.3: BDM is the decider's alone, and finance has none. An officer may attest, also in a
# case of their own (J.1.10): that hand is opposed to deciding, approving and the outcome (app.flow.opposed).
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(_HANDLE),
    Role.LEAD: frozenset(_HANDLE | {_P.DISTRIBUTE, _P.PROPOSE_FRAME, _P.APPROVE_SUMMARY}),
    Role.DECIDER: frozenset(
        _READ
        | {_P.APPROVE_RULES, _P.PUBLISH, _P.DECIDE, _P.APPROVE_PAYOUT, _P.READ_PAYOUTS, _P.STOP_PAYMENT}
        | {_P.CONFIRM_BUDGET, _P.APPROVE_SUMMARY}
    ),
    Role.FINANCE: frozenset(
        {_P.READ_CASES, _P.READ_PAYOUTS, _P.ATTEST, _P.AUTHORISE_FILE, _P.CONTROL_ACCOUNT, _P.PROPOSE_FRAME}
    ),
    Role.ARCHIVIST: frozenset(_READ | {_P.REGISTER}),
    Role.AUDITOR: frozenset(_READ | {_P.READ_PAYOUTS, _P.READ_AUDIT}),
    Role.ADMIN: frozenset({_P.MANAGE_USERS, _P.CONFIRM_BUDGET, _P.READ_JOBS, _P.READ_OUTBOX}),
    Role.WRITER: frozenset({_P.OWN_PORTAL, _P.WRITE_OWN}),
    Role.SIGNER: frozenset({_P.OWN_PORTAL, _P.WRITE_OWN, _P.SIGN_OWN, _P.CLAIM_OWN}),
    Role.ACCOUNTANT: frozenset({_P.OWN_PORTAL}),
    Role.COORDINATOR: frozenset({_P.CONFIRM_CLAIM, _P.IMPORT_CLAIMS, _P.PLACE_ORDER}),
}

# A person of the recipient acts for an organisation, a coordinator for a pilot area.
OWN = frozenset({_P.OWN_PORTAL, _P.WRITE_OWN, _P.SIGN_OWN, _P.CLAIM_OWN})
OF_AREA = frozenset({_P.CONFIRM_CLAIM, _P.IMPORT_CLAIMS, _P.PLACE_ORDER})


@dataclass(frozen=True)
class Membership:
    """A role held for one organisation or one pilot area; `host_id`: the organisation that hosts the area."""

    role: Role
    party_id: int | None = None
    area_id: int | None = None
    host_id: int | None = None


@dataclass(frozen=True)
class Delegation:
    """Budget authority in writing: within these dates, up to this sum a decision (domain C.3)."""

    from_on: date
    to_on: date
    limit_ore: int

    def covers(self, amount_ore: int, today: date) -> bool:
        """Whether a decision of this sum may be taken today."""
        return self.from_on <= today <= self.to_on and amount_ore <= self.limit_ore


@dataclass(frozen=True)
class Actor:
    """The person who acts, as actions are told of them; never the session's own proxy."""

    id: int
    name: str
    username: str = ""
    roles: frozenset[Role] = frozenset()
    memberships: frozenset[Membership] = frozenset()
    delegations: tuple[Delegation, ...] = ()

    def may(self, permission: Permission, *, party_id: int | None = None, area_id: int | None = None) -> bool:
        """Whether a role of theirs gives this; with a party or area, a role held for that one."""
        if any(permission in GRANTS[role] for role in self.roles):
            return True
        return any(
            permission in GRANTS[m.role]
            and (party_id is None or m.party_id == party_id)
            and (area_id is None or m.area_id == area_id)
            for m in self.memberships
        )

    @property
    def held(self) -> frozenset[Role]:
        """Every role they have, in the directorate and outside."""
        return self.roles | {m.role for m in self.memberships}

    @property
    def granted(self) -> frozenset[Permission]:
        """All that their roles give, for whatever they hold them: what `may` says yes to without naming one."""
        return _granted(self.held)

    @property
    def is_internal(self) -> bool:
        """Whether they work in the directorate."""
        return bool(self.roles)

    @property
    def party_ids(self) -> frozenset[int]:
        """The organisations they act for."""
        return frozenset(m.party_id for m in self.memberships if m.party_id is not None)

    @property
    def tied_to(self) -> frozenset[int]:
        """The organisations they take no step of the house for: their own, and the hosts of the areas they coordinate.

        An area is no legal person (domain J.1.13): what its host is paid is its own. What they may see is `party_ids`.
        """
        return self.party_ids | {m.host_id for m in self.memberships if m.host_id is not None}

    @property
    def area_ids(self) -> frozenset[int]:
        """The pilot areas they coordinate."""
        return frozenset(m.area_id for m in self.memberships if m.area_id is not None)


@cache
def _granted(roles: frozenset[Role]) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[role] for role in roles))


def holders(permission: Permission) -> list[str]:
    """The bokmål words for the roles that may do this: «who can open it»."""
    return [role.word for role, granted in GRANTS.items() if permission in granted]
