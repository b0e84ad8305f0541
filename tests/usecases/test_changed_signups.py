"""A list sent again, or a demand put off, says something else of people who were told of their seats: each is named."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.edits.itineraries import by_person
from returnplan.model.changed_signups import changed_signups_of
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.evening import Evening
from returnplan.usecases.explain import explain
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from returnplan.usecases.to_do import Day, PlanInForce, to_do
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed

DAY = {"最早出发日期": date(2021, 2, 18), "最晚出发日期": date(2021, 2, 18)}
MOVED = {"最早出发日期": date(2021, 2, 22), "最晚出发日期": date(2021, 2, 23)}


def sent_again(path: Path, **cells: object) -> Path:
    """Write the list of twenty once more; the second row says something else."""
    rows = [signup_row(serial, **DAY) for serial in range(1, 21)]
    rows[1] |= cells
    return save_xlsx(path, 报名=lines_of(rows))


@pytest.fixture
def published(campaign: Campaign, planned: Planner, tmp_path: Path) -> Path:
    path = listed(tmp_path / "报名.xlsx", *range(1, 21), **DAY)
    planned(path)
    publish(campaign, Choice(city="东莞"))
    return path


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (MOVED, "日期 02-18→02-22 / 02-23"),
        ({"务工城市": "惠州市"}, "城市 东莞市→惠州市"),
        ({"上车地点": "融水县大年乡政府"}, "上车点 融水汽车站→融水县大年乡政府"),
    ],
)
def test_who_wants_another_day_city_or_pickup_now_is_named_and_keeps_the_seat(
    campaign: Campaign, planned: Planner, published: Path, cells: dict[str, object], said: str
) -> None:
    before = by_person(show(campaign)[1].riders)
    outcome = planned(sent_again(published, **cells))
    after = by_person(outcome.plan.riders)
    assert after[["person", "batch", "pickup", "dropoff"]].equals(
        before[["person", "batch", "pickup", "dropoff"]]
    )
    (note,) = [note for note in outcome.notes if "报名改了" in note.zh]
    assert said in note.zh
    assert "1 名" in note.zh
    assert "韦" not in note.zh.replace("韦*", "")
    explanation = explain(campaign, signup_row(2)["姓名"]).explanation
    assert explanation is not None
    assert said in explanation.lines[0].zh
    assert not any("只能在" in line.zh for line in explanation.lines)
    day = Day(
        Evening.of(date(2021, 2, 15), outcome.header.created_at, 1),
        "zh",
        PlanInForce(outcome.header, outcome.plan),
        outcome.notes,
    )
    assert any(note.zh == task.details for task in to_do(day))


@pytest.mark.parametrize(
    ("township", "said"), [("大年乡", []), ("安太乡", ["上车点 融水苗族自治县→安太乡政府"] * 20)]
)
def test_a_nearer_stop_of_the_pickup_sheet_is_no_change_of_those_who_named_none(
    campaign: Campaign, planned: Planner, tmp_path: Path, township: str, said: list[str]
) -> None:
    signups = listed(tmp_path / "报名.xlsx", *range(1, 21), **DAY, 上车地点=None, 乡镇="大年乡")
    planned(signups)
    publish(campaign, Choice(city="东莞"))
    listed(signups, *range(1, 21), **DAY, 上车地点=None, 乡镇=township)
    stops = [["乡镇", "上车点"], ["大年乡", "大年乡政府"], ["安太乡", "安太乡政府"]]
    outcome = planned(signups, save_xlsx(tmp_path / "上车点.xlsx", 上车点=stops))
    assert [one.words.zh for one in changed_signups_of(outcome.plan)] == said


def test_it_is_said_every_night_until_it_is_settled(
    campaign: Campaign, planned: Planner, published: Path
) -> None:
    planned(sent_again(published, **MOVED))
    again = planned(published, as_of=date(2021, 2, 10))
    assert [note for note in again.notes if "报名改了" in note.zh]


def test_a_list_sent_again_with_the_same_words_says_nothing(planned: Planner, published: Path) -> None:
    outcome = planned(sent_again(published, 备注="晕车"))
    assert not [note for note in outcome.notes if "报名改了" in note.zh]
    assert outcome.plan.summary["changed_signups"] == []


def test_who_agreed_to_another_day_is_asked_nothing_more(
    campaign: Campaign, planned: Planner, published: Path, tmp_path: Path
) -> None:
    (batch,) = show(campaign)[1].batches
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", day=date(2021, 2, 21), agreed=("全部",)))
    outcome = planned(published, as_of=date(2021, 2, 10))
    assert [one.date for one in outcome.plan.batches] == [date(2021, 2, 21)]
    words = [note.zh for note in outcome.notes]
    assert not [word for word in words if "报名改了" in word or "与报名不符" in word]


def test_the_store_has_the_days_that_people_agreed_to(
    campaign: Campaign, published: Path, tmp_path: Path
) -> None:
    (batch,) = show(campaign)[1].batches
    change(campaign, ChangeRequest(batch.id, tmp_path / "名单", day=date(2021, 2, 21), agreed=("全部",)))
    assert {day.date() for day in show(campaign)[1].riders["latest"]} == {date(2021, 2, 21)}


def demand(path: Path, ready: date) -> Path:
    return save_xlsx(
        path,
        用工需求=[
            ["企业名称", "所在市", "下车地点", "需求人数", "复工日期", "最早报到"],
            ["东莞华强电子厂", "东莞市", "华强厂门口", 40, ready, ready],
        ],
    )


@pytest.mark.parametrize(("acceptable", "said"), [("东莞市", []), ("", ["城市 东莞市→惠州市"] * 20)])
def test_job_seekers_on_their_way_to_a_city_they_accept_have_changed_nothing(
    campaign: Campaign, planned: Planner, tmp_path: Path, acceptable: str, said: list[str]
) -> None:
    factory = demand(tmp_path / "需求.xlsx", date(2021, 2, 17))
    seek = {"务工城市": "惠州市", "最晚出发日期": date(2021, 2, 28)}
    signups = listed(tmp_path / "报名.xlsx", *range(1, 21), **seek, 可接受城市="东莞市")
    assert planned(signups, factory).plan.batches[0].cities == ("东莞市",)
    publish(campaign, Choice(city="东莞"))
    listed(signups, *range(1, 21), **seek, 可接受城市=acceptable)
    outcome = planned(signups, factory, as_of=date(2021, 2, 10))
    assert [one.words.zh for one in changed_signups_of(outcome.plan)] == said


def test_an_employer_that_takes_people_in_later_than_their_coach_arrives_is_named(
    campaign: Campaign, planned: Planner, tmp_path: Path
) -> None:
    signups = listed(
        tmp_path / "报名.xlsx", *range(1, 21), 务工企业="东莞华强电子厂", 最晚出发日期=date(2021, 2, 28)
    )
    factory = demand(tmp_path / "需求.xlsx", date(2021, 2, 17))
    planned(signups, factory)
    publish(campaign, Choice(city="东莞"))
    (batch,) = show(campaign)[1].batches
    demand(factory, date(2021, 2, 25))
    outcome = planned(signups, factory)
    assert [(one.id, one.date) for one in outcome.plan.batches] == [(batch.id, batch.date)]
    (note,) = [note.zh for note in outcome.notes if "才接收" in note.zh]
    assert note.startswith(
        f"{batch.id} 于 {batch.arrive:%m-%d} 把 20 人送到 东莞华强电子厂，企业 02-25 才接收"
    )
    with Store.snapshot(campaign.store_path) as store:
        person = store.load_plan(outcome.header.id).riders["name"].iloc[0]
    explanation = explain(campaign, person).explanation
    assert explanation is not None
    assert "企业 02-25 才接收" in explanation.lines[0].zh
