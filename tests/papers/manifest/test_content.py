"""Two printings of a batch are one version exactly when they say the same."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest

from returnplan.model.plan import Batch, Handout, Rider
from returnplan.papers.edition import Edition
from returnplan.papers.itinerary import ALL_DIRECT, itineraries
from returnplan.papers.manifest import ManifestSettings, next_handouts
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.write import batch_file, papers
from returnplan.papers.settings import Columns, Office, Packs
from tests.specimens.coach import make_batch, make_riders
from tests.specimens.journeys import TRAIN, its_riders, with_a_train

EDITION = Edition("zh", "a1b2c3d4e5f6", datetime(2021, 2, 22, 18, 5))
RULES = ManifestSettings()
NOT_CONTENT = {"version", "wave"}
"""On the papers, and no reason to call the last ones void."""
OF_TRAINS = ("carriage", "seat_no", "order_no")
TEXTS = [
    field.name
    for field in fields(Rider)
    if field.type in (str, "str") and field.name not in ("batch", *OF_TRAINS)
]


def said(
    batch: Batch,
    riders: list[Rider],
    edition: Edition = EDITION,
    settings: ManifestSettings = RULES,
) -> str:
    """Return the digest of what the papers say."""
    return next_handouts({}, [batch], {batch.id: riders}, edition, settings)[batch.id].content


def shown(batch: Batch, riders: list[Rider]) -> list[Any]:
    """Return all that stands on the pages, and the name of their file."""
    edited = BatchEdition(batch, EDITION, ManifestSettings(), ALL_DIRECT)
    return [batch_file(edited, riders)] + [
        (page.name, page.top, page.bottom, [(column.header, list(column.values)) for column in page.columns])
        for page in papers(edited, riders)
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_what_papers_show_of_a_rider_is_content_and_nothing_else(name: str) -> None:
    riders = make_riders(8)
    told = riders[1].id_number if name == "id_number" else "改了"
    other = [replace(riders[0], **{name: told}), *riders[1:]]  # type: ignore[arg-type]
    batch = make_batch(riders)
    is_shown = shown(batch, other) != shown(batch, riders)
    assert (said(batch, other) != said(batch, riders)) == is_shown


@pytest.mark.parametrize(
    "name", [f.name for f in fields(Batch) if f.type in (str, "str", int, "int", float, "float")]
)
def test_what_papers_show_of_a_batch_is_content(name: str) -> None:
    riders = make_riders(8)
    batch = make_batch(riders)
    old = getattr(batch, name)
    other = replace(batch, **{name: f"{old}改" if isinstance(old, str) else old + 7})  # type: ignore[arg-type]
    shows = shown(other, riders) != shown(batch, riders) and name not in NOT_CONTENT
    if shows:
        assert said(other, riders) != said(batch, riders)
    if name in NOT_CONTENT | {"cost_yuan", "contract_yuan"}:
        assert said(other, riders) == said(batch, riders)


def test_language_run_and_hour_are_no_content_and_the_office_is() -> None:
    riders = make_riders(8)
    batch = make_batch(riders)
    own = said(batch, riders)
    assert own == said(batch, riders, Edition("en", "ffffffffffff", datetime(2021, 2, 23)))
    assert own == said(batch, riders[::-1])
    called = replace(EDITION, office=Office(name="融水县人社局", phone="0772-5120000"))
    assert own != said(batch, riders, called)


def test_the_first_papers_are_version_1_and_others_than_the_last_ones_the_next() -> None:
    riders = make_riders(8)
    batch = make_batch(riders)

    def printed(last: dict[str, Handout], own: list[Rider]) -> dict[str, Handout]:
        return next_handouts(last, [batch], {batch.id: own}, EDITION, ManifestSettings())

    first = printed({}, riders)
    assert first[batch.id].version == 1
    assert printed(first, riders) == first
    second = printed(first, riders[:7])
    assert second[batch.id].version == 2
    assert printed(second, riders)[batch.id].version == 3  # what was void does not become valid again


def test_rules_and_stops_are_content_as_far_as_papers_show_them() -> None:
    riders = make_riders(8)
    batch = make_batch(riders)
    own = said(batch, riders)
    moved = replace(batch, stops=tuple(replace(stop, lat=stop.lat + 0.001) for stop in batch.stops))
    assert own == said(moved, riders)
    later = replace(batch.stops[0], num_on=batch.stops[0].num_on + 1)
    assert own != said(replace(batch, stops=(later, *batch.stops[1:])), riders)

    def ruled(**rules: Any) -> str:
        return said(batch, riders, EDITION, ManifestSettings(**rules))

    assert own == ruled(packs=Packs({"牛奶": 1, "面包": 1, "口罩": 2, "雨衣": 0}))
    assert own == ruled(packs=Packs({"牛奶": 0.95, "面包": 1, "口罩": 2}))  # 7.6 pieces for eight are eight
    assert own != ruled(packs=Packs({"牛奶": 1, "面包": 2, "口罩": 2}))
    assert own == ruled(columns=Columns(audience="carrier"))  # a copy for another reader makes no paper void
    assert own != ruled(columns=Columns(temperature=True))
    named = replace(EDITION, office=Office(name="融水县人社局"))
    stamped = replace(EDITION, office=Office(name="融水县人社局", stamp="融水县人社局"))
    assert said(batch, riders, named) == said(batch, riders, stamped)


@pytest.mark.parametrize("name", OF_TRAINS)
def test_what_the_railway_gives_is_content(name: str) -> None:
    plan = with_a_train()
    riders = its_riders(plan)[TRAIN]
    train = next(batch for batch in plan.batches if batch.id == TRAIN)
    assert said(train, [replace(riders[0], **{name: "3"}), *riders[1:]]) != said(train, riders)  # type: ignore[arg-type]


def test_when_the_coach_to_the_train_comes_is_content() -> None:
    plan = with_a_train()
    riders = its_riders(plan)
    train = next(batch for batch in plan.batches if batch.id == TRAIN)
    batches = [batch for batch in plan.batches if batch.id in riders]

    def told(journeys: Any) -> str:
        settings = ManifestSettings()
        handouts = next_handouts({}, [train], riders, EDITION, settings, journeys=journeys)
        return handouts[TRAIN].content

    later = [
        replace(batch, number=batch.number + 5) if batch.kind == "feeder" else batch for batch in batches
    ]
    assert told(itineraries(batches, riders)) != told(itineraries(later, riders))
