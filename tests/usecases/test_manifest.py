"""Which papers are written, and what a person hears who asks for others."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused, StoreLocked, UsageError
from returnplan.store import Amendment, Store
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled


@pytest.fixture
def folder(tmp_path: Path, planned: Planner) -> Path:
    """Return where papers go after twenty people to Dongguan and as many to Shenzhen are planned."""
    planned(
        listed(tmp_path / "东莞.xlsx", *range(1, 21)),
        listed(tmp_path / "深圳.xlsx", *range(21, 41), 务工城市="深圳市"),
    )
    return tmp_path / "名单"


@pytest.mark.parametrize("city", ["Dongguan", "dongguan", "东莞", "东莞市", "DongGuan City"])
def test_a_city_by_any_of_its_names(city: str, campaign: Campaign, folder: Path) -> None:
    outcome = manifest(campaign, PapersRequest(folder, city=city))
    assert [batch.city for batch in outcome.batches] == ["东莞市"]
    assert [path.parent for path in outcome.paths] == [folder]


def test_all_conditions_must_hold(campaign: Campaign, folder: Path) -> None:
    assert len(manifest(campaign, PapersRequest(folder, county="融水")).batches) == 2
    with pytest.raises(UsageError):
        manifest(campaign, PapersRequest(folder, city="东莞", day=date(2021, 3, 1)))


def test_an_unknown_city_gets_the_nearest(campaign: Campaign, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean 东莞市 \(Dongguan\)"):
        manifest(campaign, PapersRequest(folder, city="Dongguang"))
    with pytest.raises(UsageError, match="it has: 东莞市"):
        manifest(campaign, PapersRequest(folder, city="Xyz"))


def test_an_unknown_batch_is_named(campaign: Campaign, folder: Path) -> None:
    with pytest.raises(UsageError, match="9999-001"):
        manifest(campaign, PapersRequest(folder, batches=("9999-001",)))


def test_before_a_plan_there_are_no_papers(campaign: Campaign, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="returnplan plan"):
        manifest(campaign, PapersRequest(tmp_path))


def test_a_list_an_employer(campaign: Campaign, planned: Planner, tmp_path: Path) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21), 务工企业="东坑电子厂"))
    (path,) = manifest(campaign, PapersRequest(tmp_path / "企业", for_employers=True)).paths
    assert path.name == "到岗名单-东坑电子厂-东莞-内部资料.xlsx"


def test_papers_show_one_version_with_its_own_riders(
    campaign: Campaign, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that comes while papers are read waits until they are."""
    load_riders = Store.load_riders
    monkeypatch.setattr("returnplan.store.connection.BUSY_TIMEOUT_S", 0.05)

    def load_and_be_overtaken(store: Store, run_id: str, batch_ids: list[str]) -> object:
        with pytest.raises(StoreLocked), Store.open(campaign.store_path) as other:
            other.amend(run_id, Amendment("changed", riders={batch: [] for batch in batch_ids}))
        return load_riders(store, run_id, batch_ids)

    monkeypatch.setattr(Store, "load_riders", load_and_be_overtaken)
    outcome = manifest(campaign, PapersRequest(folder))
    assert [batch.load for batch in outcome.batches] == [20, 20]
    assert len(outcome.paths) == 2


@pytest.mark.parametrize("part", ["龙岗", "龙岗区", "坪山"])
def test_a_district_stands_for_its_city_and_is_said_so(part: str, campaign: Campaign, folder: Path) -> None:
    outcome = manifest(campaign, PapersRequest(folder, city=part))
    assert [batch.city for batch in outcome.batches] == ["深圳市"]
    assert outcome.notes[0].zh == f"{part} 属于 深圳市，这里是去 深圳市 的全部号车"
    with pytest.raises(UsageError, match="深圳市"):
        publish(campaign, Choice(city=part))


def test_a_district_of_a_city_where_nobody_goes_is_not_in_the_plan(campaign: Campaign, folder: Path) -> None:
    with pytest.raises(UsageError, match="顺德"):
        manifest(campaign, PapersRequest(folder, city="顺德"))


def test_what_is_not_printed_is_no_version(campaign: Campaign, folder: Path) -> None:
    with Store.open(campaign.store_path) as store:
        (first, second) = store.load_batches(show(campaign)[0].id)
        store.amend(show(campaign)[0].id, Amendment("changed", [replace(first, plate="桂B12345", version=2)]))
    paths = manifest(campaign, PapersRequest(folder)).paths
    assert all("第1版" in path.name for path in paths)
    assert show(campaign)[1].printed == {first.id: 1, second.id: 1}
    with Store.open(campaign.store_path) as store:
        store.amend(show(campaign)[0].id, Amendment("changed", [replace(first, plate="桂B54321", version=3)]))
    changed, same = manifest(campaign, PapersRequest(folder.with_name("别处"))).paths
    assert "第2版" in changed.name
    assert "第1版" in same.name
    assert (
        manifest(campaign, PapersRequest(folder, batches=(first.id,), lang="en")).paths[0].name.count("-v2-")
    )


def test_papers_whose_writing_was_ended_get_their_version_again(
    campaign: Campaign, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Store, "keep_handouts", _killed)
        with pytest.raises(KeyboardInterrupt):
            manifest(campaign, PapersRequest(folder))
    written = {path.name for path in folder.iterdir()}
    manifest(campaign, PapersRequest(folder))
    assert {path.name for path in folder.iterdir()} == written


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_papers_of_a_store_that_may_not_be_written_say_that_their_version_is_not_kept(
    campaign: Campaign, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Store.open

    def read_only(path: Path, **options: bool) -> Store:
        store = opened(path, **options)
        store._connection.execute("PRAGMA query_only = ON")
        return store

    monkeypatch.setattr(Store, "open", read_only)
    outcome = manifest(campaign, PapersRequest(folder))
    assert len(outcome.paths) == 2
    (note,) = outcome.notes
    assert "只读" in note.zh
    assert show(campaign)[1].printed == {}


def test_a_coach_that_has_left_keeps_the_papers_it_left_with(
    campaign: Campaign, folder: Path, planned: Planner, tmp_path: Path
) -> None:
    """The next plan has the absent no more: a list without them would make the one that rode along void."""
    dongguan, shenzhen = (
        next(batch.id for batch in show(campaign)[1].batches if batch.city == city)
        for city in ("东莞市", "深圳市")
    )
    publish(campaign, Choice(batches=(dongguan, shenzhen)))
    (paper,) = manifest(campaign, PapersRequest(folder, batches=(dongguan,))).paths
    filled(paper, "上车", dict.fromkeys(range(1, 20), "√"))
    board(campaign, [paper], tmp_path / "上车后")
    assert manifest(campaign, PapersRequest(folder, batches=(dongguan,))).paths == [paper]
    planned(tmp_path / "东莞.xlsx", tmp_path / "深圳.xlsx")
    with pytest.raises(UsageError, match="departed"):
        manifest(campaign, PapersRequest(folder, batches=(dongguan,)))
    outcome = manifest(campaign, PapersRequest(folder))
    assert dongguan not in {batch.id for batch in outcome.batches}
    assert dongguan in outcome.notes[0].zh
    assert paper.exists()
    assert len(outcome.paths) == 1


def test_who_has_cancelled_by_phone_is_marked_until_the_next_plan(
    campaign: Campaign, folder: Path, tmp_path: Path
) -> None:
    """The seat is freed by the next plan alone, and the papers of tonight ride along."""
    batch = show(campaign)[1].batches[0]
    (paper,) = notify(campaign, Choice(batches=(batch.id,)), tmp_path / "通知").paths
    first, second = (
        row.person
        for row in read_calls(campaign, [filled(paper, "结果", {0: "取消", 1: "改期至3月1日"})]).results
    )
    (paper,) = manifest(campaign, PapersRequest(folder, batches=(batch.id,))).paths
    said = {row[1]: row[10] for row in load_workbook(paper).worksheets[0].iter_rows(values_only=True)}
    assert (said[first], said[second]) == ("电话取消", "改期至3月1日")
    (note,) = dispatch(campaign, Choice(batches=(batch.id,)), tmp_path / "派车").notes
    assert "2 人已在电话里取消或改期" in note.zh
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    assert board(campaign, [paper], tmp_path / "上车后", yes=True).counts["boarded"] == 20
