"""From draft to frozen: written by one, approved by another, and never changed afterwards; on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.access.domain import Role
from app.audit.models import AuditEntry
from app.db import db, writing
from app.flow import Refused, Stale
from app.summaries import actions, queries, waiting
from app.summaries.domain import differences, from_data
from app.summaries.kinds import kind_of
from app.summaries.models import Summary
from app.summaries.workflow import Status
from app.values.language import Language
from tests.factories import AT, acting
from tests.features.summaries.conftest import TEXT, Counter

DUE = datetime.fromisoformat("2025-02-10T08:00:00+00:00")


@pytest.fixture
def inside(house: Flask) -> Iterator[None]:
    with house.app_context():
        yield
        db.session.remove()


def begun(who: str = "officer1") -> Summary:
    by, kind = acting(who), kind_of("prove")
    assert kind is not None
    with writing():
        return actions.begin(kind, 2025, Language.NB, by=by, at=AT)


def written(summary: Summary, text: str = TEXT, who: str = "officer1") -> Summary:
    by = acting(who)
    with writing():
        actions.change(summary, {"main": text}, by=by, at=AT, version=summary.version)
    return summary


def ready(summary: Summary, who: str = "officer1") -> Summary:
    by = acting(who)
    with writing():
        actions.submit(summary, by=by, at=AT, version=summary.version)
    return summary


def seal() -> str:
    return actions.seal_of(queries.counted_now("prove", 2025, AT))


def approved(summary: Summary, who: str = "decider", at: datetime = AT) -> Summary:
    by, shown = acting(who), seal()
    with writing():
        actions.approve(summary, shown, by=by, at=at, version=summary.version)
    return summary


def test_figures_are_frozen_with_the_moment_and_later_ones_show_as_differences(inside: None, counter: Counter) -> None:
    at = AT + timedelta(hours=1)
    summary = approved(ready(written(begun())), at=at)
    assert (summary.status, summary.counted_at, summary.number) == (Status.APPROVED, at, 1)
    before = queries.counted_now("prove", 2025, AT)
    assert summary.figures is not None and from_data(summary.figures) == before
    counter.number, counter.ore = 4, 13_000_00
    db.session.expire_all()
    kept = from_data(queries.by_public_id(summary.public_id).figures)  # type: ignore[union-attr, arg-type]
    assert kept == before
    told = differences(kept, queries.counted_now("prove", 2025, AT))
    assert [(each.name.nb, each.row and each.row.nb, each.then, each.now) for each in told] == [
        ("Antall områder", None, 3, 4),
        ("Godkjent", None, 12_500_00, 13_000_00),
        ("Sum", "Nord 2025", 12_500_00, 13_000_00),
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda: sa.update(Summary).values(figures={"figures": [], "tables": []}),
        lambda: sa.update(Summary).values(texts={"main": "Annet"}),
        lambda: sa.update(Summary).values(
            status="draft", approved_by=None, approved_at=None, figures=None, counted_at=None
        ),
        lambda: sa.update(Summary).values(counted_at=AT + timedelta(days=1)),
        lambda: sa.delete(Summary),
    ],
)
def test_the_database_keeps_what_is_frozen(inside: None, act: Callable[[], sa.Executable]) -> None:
    approved(ready(written(begun())))
    with pytest.raises(IntegrityError, match="settled"), writing():
        db.session.execute(act())


def test_the_database_refuses_one_that_is_born_approved_and_figures_before_the_approval(inside: None) -> None:
    by = acting("officer1")
    row = {"kind": "x", "year": 2025, "number": 1, "due_on": AT.date(), "language": "nb", "texts": {}, "sent_back": ""}
    told = {"drafted_by": by.id, "drafted_at": AT, "public_id": "x", "version": 1, "demo": False}
    with pytest.raises(IntegrityError), writing():
        db.session.execute(sa.insert(Summary).values(**row, **told, status="ready"))
    begun()
    with pytest.raises(IntegrityError), writing():
        db.session.execute(sa.update(Summary).values(figures={"figures": []}))


def test_who_ever_wrote_in_it_does_not_approve_it_nor_its_copy(inside: None) -> None:
    summary = ready(written(written(begun("lead"), who="officer1"), TEXT + " Slik.", who="officer2"), "officer2")
    for who in ("lead", "officer1", "officer2"):
        writer = replace(acting(who), roles=frozenset({Role.DECIDER}))
        with pytest.raises(Refused, match="skrevet denne selv"), writing():
            actions.approve(summary, seal(), by=writer, at=AT, version=summary.version)
    approved(summary)
    by = acting("officer1")
    with writing():
        copy = actions.revise(summary, by=by, at=AT, version=summary.version)
    ready(copy)
    writer = replace(acting("officer2"), roles=frozenset({Role.DECIDER}))
    with pytest.raises(Refused, match="skrevet denne selv"), writing():
        actions.approve(copy, seal(), by=writer, at=AT, version=copy.version)
    assert approved(copy).continues_id == summary.id


def test_the_database_refuses_an_approval_by_one_who_wrote(inside: None) -> None:
    summary = ready(written(written(begun("officer2")), who="officer1"))
    by = acting("officer2")
    with pytest.raises(IntegrityError, match="opposing"), writing():
        db.session.execute(
            sa.update(Summary).values(
                status="approved", approved_by=by.id, approved_at=AT, figures={"figures": []}, counted_at=AT
            )
        )
    assert summary.approved_by is None


def test_figures_that_came_after_the_page_was_shown_are_not_frozen_unseen(inside: None, counter: Counter) -> None:
    summary, shown, by = ready(written(begun())), seal(), acting("decider")
    counter.ore += 1
    with pytest.raises(Refused, match="Tallene er endret"), writing():
        actions.approve(summary, shown, by=by, at=AT, version=summary.version)
    assert approved(summary).figures is not None


@pytest.mark.parametrize(
    "typed", ["Vi har 3 områder.", "Det er godkjent 12 500 kr.", "Om lag 45,5 prosent.", "{{sum}} 10"]
)
def test_a_figure_that_is_typed_is_refused_at_its_section(inside: None, typed: str) -> None:
    with pytest.raises(Refused, match="skrevet inn") as refused:
        written(begun(), typed)
    assert refused.value.reasons[0].of == "main"


def test_a_reference_to_nothing_is_refused(inside: None) -> None:
    with pytest.raises(Refused, match="ikke noe tall"):
        written(begun(), "Det er {{patients}}.")


def test_a_draft_that_lacks_its_text_or_what_its_kind_asks_goes_to_nobody(inside: None, counter: Counter) -> None:
    summary = begun()
    with pytest.raises(Refused, match="mangler"):
        ready(summary)
    written(summary)
    counter.lacks = ("odd",)
    with pytest.raises(Refused, match="Må avklares"):
        ready(summary)


def test_a_page_that_is_too_old_changes_nothing(inside: None) -> None:
    summary, by = written(begun()), acting("officer2")
    with pytest.raises(Stale), writing():
        actions.change(summary, {"main": "Annet."}, by=by, at=AT, version=1)
    approved(ready(summary))
    with pytest.raises(Stale), writing():
        actions.approve(summary, seal(), by=by, at=AT, version=1)


def test_sent_back_it_is_its_writers_again_with_the_reason(inside: None) -> None:
    summary, boss = ready(written(begun())), acting("decider")
    with pytest.raises(Refused, match="Skriv hvorfor"), writing():
        actions.send_back(summary, " ", by=boss, at=AT, version=summary.version)
    with writing():
        actions.send_back(summary, "Skriv mer om nord.", by=boss, at=AT, version=summary.version)
    task = next(each for each in waiting.waiting(acting("officer1"), AT))
    assert (task.endpoint, task.back) == ("summaries.edit", "Skriv mer om nord.")
    assert ready(summary).sent_back == ""


def test_one_version_at_a_time_and_only_after_an_approved_one(inside: None) -> None:
    summary, by = begun(), acting("officer2")
    with pytest.raises(Refused, match="alt begynt"):
        begun("officer2")
    with pytest.raises(Refused, match="ikke godkjent ennå"), writing():
        actions.revise(summary, by=by, at=AT, version=summary.version)
    approved(ready(written(summary)))
    with writing():
        copy = actions.revise(summary, by=by, at=AT, version=summary.version)
    assert (copy.number, copy.texts, copy.figures) == (2, summary.texts, None)
    with pytest.raises(Refused, match="nyere versjon"), writing():
        actions.revise(summary, by=by, at=AT, version=summary.version)


@pytest.mark.parametrize("who", ["decider", "finance1", "auditor", "archivist", "bergen"])
def test_who_may_not_write_begins_on_nothing(inside: None, who: str) -> None:
    with pytest.raises(Refused, match="ikke tilgang"):
        begun(who)


def test_each_has_their_task_with_the_last_working_day_before(inside: None) -> None:
    def tasks(who: str) -> list[tuple[str, str]]:
        return [(each.endpoint, f"{each.due_on}") for each in waiting.waiting(acting(who), DUE)]

    assert tasks("lead") == [("summaries.begin", "2025-02-28")]
    assert tasks("officer1") == tasks("auditor") == []
    summary = begun()
    assert tasks("lead") == []
    assert tasks("officer1") == [("summaries.edit", "2025-02-28")]
    ready(written(summary))
    assert tasks("officer1") == []
    assert tasks("decider") == tasks("lead") == [("summaries.approve", "2025-02-28")]
    approved(summary)
    assert tasks("decider") == tasks("lead") == []


def test_all_that_happens_is_told(inside: None) -> None:
    summary = approved(ready(written(begun())))
    told = db.session.scalars(sa.select(AuditEntry.event).where(AuditEntry.stream == summary.stream))
    assert list(told) == ["summary.begun", "summary.changed", "summary.submit", "summary.approve"]
