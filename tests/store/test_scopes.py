"""Nobody sees or writes another runner's rows, and facts stay as they were written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps

from niggle.store.models import (
    AppendOnly,
    Athlete,
    CheckInEntry,
    DecisionRow,
    FactRow,
    ImportFile,
    ImportJob,
    Owned,
    PlanFact,
    ProfileFact,
    Recording,
    RecordingLoad,
    SessionLabel,
    Shoe,
    ShoeAssignment,
    ShoeRevision,
    removing,
)
from niggle.store.models.athlete import AthleteSetting, ClearanceFact, ConditionFact, ToldFact
from niggle.store.models.triage import TriageEntry, TriageSession
from niggle.store.scopes import ScopeError, athlete_scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
OWNED = [m for m in apps.get_app_config("store").get_models() if issubclass(m, Owned)]
FACTS = [m for m in OWNED if issubclass(m, FactRow)]
ids = [m.__name__ for m in OWNED]


def _athlete() -> int:
    return Athlete.objects.create(kind="member", created_at=NOW).pk


def _fill(athlete: int) -> dict[type, Any]:
    """One row of each kind."""
    a = {"athlete_id": athlete}
    job = ImportJob.objects.create(**a, label="x", asked_at=NOW)
    run = Recording.objects.create(
        **a, job=job, key=f"k{athlete}", content_digest="d", source="fit", sport="run", start_utc=NOW,
        local_date=NOW.date(), added_at=NOW,
    )  # fmt: skip
    shoe = Shoe.objects.create(**a, key="s")
    interview = TriageSession.objects.create(**a, key="t", started_at=NOW)
    return {
        PlanFact: PlanFact.objects.create(**a, kind="race", key="r", on=NOW.date(), plain={}, recorded_at=NOW),
        ToldFact: ToldFact.objects.create(**a, code="long_sitting", on=NOW.date(), recorded_at=NOW),
        TriageSession: interview,
        TriageEntry: TriageEntry.objects.create(**a, session=interview, kind="end", recorded_at=NOW),
        ImportJob: job,
        Recording: run,
        Shoe: shoe,
        ImportFile: ImportFile.objects.create(**a, job=job, ordinal=0, name="x", state="added"),
        RecordingLoad: RecordingLoad.objects.create(**a, recording=run, model_digest="m", doses=b"", features=b""),
        SessionLabel: SessionLabel.objects.create(**a, recording=run, recorded_at=NOW),
        ShoeRevision: ShoeRevision.objects.create(**a, shoe=shoe, name="x", recorded_at=NOW),
        ShoeAssignment: ShoeAssignment.objects.create(**a, recording=run, shoe=shoe, recorded_at=NOW),
        AthleteSetting: AthleteSetting.objects.create(**a, key="units", value="mi"),
        ProfileFact: ProfileFact.objects.create(**a, key="sex", value="female", recorded_at=NOW),
        ConditionFact: ConditionFact.objects.create(**a, slug="x", recorded_at=NOW),
        ClearanceFact: ClearanceFact.objects.create(**a, on=NOW.date(), by="x", recorded_at=NOW),
        CheckInEntry: CheckInEntry.objects.create(**a, key="e", on=date(2026, 5, 4), recorded_at=NOW, plain={}),
        DecisionRow: DecisionRow.objects.create(
            **a, on=NOW.date(), made_at=NOW, engine_version="1", knowledge_digest="k", case_digest="c",
            case_zlib=b"", light="green", decision={},
        ),
    }  # fmt: skip


def test_every_row_but_the_athlete_herself_has_an_owner() -> None:
    assert set(apps.get_app_config("store").get_models()) - set(OWNED) == {Athlete}


@pytest.mark.parametrize("model", OWNED, ids=ids)
@pytest.mark.parametrize(
    "query",
    [
        lambda m: list(m.objects.all()),
        lambda m: m.objects.count(),
        lambda m: m.objects.filter(pk=1).first(),
        lambda m: m.objects.update(athlete_id=1),
        lambda m: m.objects.bulk_create([m(athlete_id=1)]),
        lambda m: m(athlete_id=1).save(),
    ],
    ids=["all", "count", "first", "update", "bulk_create", "save"],
)
def test_outside_a_scope_every_query_raises(model: Any, query: Callable[[Any], Any]) -> None:
    with pytest.raises(ScopeError):
        query(model)


def test_a_stranger_sees_nothing_of_anything() -> None:
    alice, charlie = _athlete(), _athlete()
    with athlete_scope(alice):
        rows = _fill(alice)
        assert set(rows) == set(OWNED)  # something to leak, of every kind
    with athlete_scope(charlie):
        assert {model.__name__: model.objects.count() for model in OWNED} == dict.fromkeys(ids, 0)
        assert not any(model.objects.filter(pk=row.pk).exists() for model, row in rows.items())
        _fill(charlie)
    with athlete_scope(alice):
        assert {model.__name__: model.objects.count() for model in OWNED} == dict.fromkeys(ids, 1)


def test_a_row_cannot_be_written_for_somebody_else() -> None:
    alice, charlie = _athlete(), _athlete()
    with athlete_scope(alice):
        with pytest.raises(ScopeError):
            ProfileFact.objects.create(athlete_id=charlie, key="sex", value="x", recorded_at=NOW)
        with pytest.raises(ScopeError):
            ProfileFact.objects.bulk_create([ProfileFact(athlete_id=charlie, key="x", recorded_at=NOW)])
    with athlete_scope(charlie):
        assert ProfileFact.objects.count() == 0


@pytest.mark.parametrize("model", FACTS, ids=[m.__name__ for m in FACTS])
def test_facts_are_neither_changed_nor_deleted(model: Any) -> None:
    athlete = _athlete()
    with athlete_scope(athlete):
        row = _fill(athlete)[model]
        for attempt in (
            row.save,
            row.delete,
            model.objects.all().delete,
            lambda: model.objects.update(athlete_id=athlete),
            lambda: model.objects.bulk_update([row], ["athlete"]),
        ):
            with pytest.raises(AppendOnly):
                attempt()
        assert model.objects.filter(pk=row.pk).exists()


def test_facts_leave_only_by_undo_or_forget() -> None:
    with pytest.raises(ValueError, match="undo or forget"), removing("tidying"):
        pass
    athlete = _athlete()
    with athlete_scope(athlete):
        _fill(athlete)
        with removing("forget"):
            Athlete.objects.filter(pk=athlete).delete()
        assert not any(model.objects.exists() for model in OWNED)


@pytest.mark.parametrize("kind", ["local", "demo"])
def test_there_is_one_local_and_one_demo_runner_at_most(kind: str) -> None:
    from django.db import IntegrityError, transaction

    Athlete.objects.create(kind=kind, created_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Athlete.objects.create(kind=kind, created_at=NOW)
