"""Papers come back marked: boarded, absent, walk-ups, arrived."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from returnplan.model.errors import InputRefused
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.manifest import ManifestSettings, write_manifests
from returnplan.papers.manifest.marked import JourneyReport, Known, Paper, read_marked
from tests.specimens.coach import DAY, id_number, make_batch, make_riders

OURS = Known({"a1"}, {}, {}, dict)


@pytest.fixture(params=["zh", "en"])
def papers(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return write(tmp_path, request.param)


def write(folder: Path, lang: Lang) -> Path:
    riders = make_riders(8)
    batch = make_batch(riders, version=2)
    (path,) = write_manifests(
        [batch],
        {batch.id: riders},
        folder,
        Edition(lang, "a1", datetime(2021, 2, 22)),
        ManifestSettings(),
    )
    return path


def mark(path: Path, sheet: int, headers: tuple[str, str], marks: dict[int, object]) -> None:
    """Write into the column of a header: row (from 1, below the header) -> what."""
    book: Workbook = load_workbook(path)
    table: Worksheet = book.worksheets[sheet]
    person = next(c for r in table.iter_rows() for c in r if c.value in ("编号", "Person"))
    cell = next(c for c in table[person.row] if c.value in headers)
    for row, value in marks.items():
        table.cell(cell.row + row, cell.column).value = value
    book.save(path)


def board(path: Path, marks: dict[int, object]) -> JourneyReport:
    mark(path, 0, ("上车", "On board"), marks)
    return read_marked([path], OURS)


@pytest.mark.parametrize("tick", ["√", "✓", "是", 1, "1"])
def test_ticks_are_boarded_blanks_are_absent(papers: Path, tick: object) -> None:
    report = board(papers, {1: tick, 3: tick, 4: "×"})
    assert report.faults == ()
    assert {one.person for one in report.boardings if one.boarded} == {1201, 1203}
    assert {one.person for one in report.boardings if not one.boarded} == {
        1202, 1204, 1205, 1206, 1207, 1208,
    }  # fmt: skip
    assert {one.batch for one in report.boardings} == {"0223-03"}


def test_an_unmarked_list_says_nothing(papers: Path) -> None:
    report = read_marked([papers], OURS)
    assert (report.boardings, report.arrivals, report.walk_ups, report.faults) == ((), (), (), ())


def test_papers_know_their_batch_and_version(papers: Path) -> None:
    assert read_marked([papers], OURS).papers == (Paper(papers.name, "0223-03", 2),)


def test_a_walk_up_is_read_with_id_and_phone(tmp_path: Path) -> None:
    path = write(tmp_path, "zh")
    first = 10  # eight riders and a child stand above
    number = id_number("450803", DAY, 5)
    mark(path, 0, ("姓名",), {first: "罗三"})  # type: ignore[arg-type]
    mark(path, 0, ("身份证号码",), {first: number})  # type: ignore[arg-type]
    mark(path, 0, ("联系电话",), {first: "13900000009"})  # type: ignore[arg-type]
    (walk_up,) = read_marked([path], OURS).walk_ups
    assert (walk_up.name, walk_up.id_number, walk_up.phone) == ("罗三", number, "13900000009")
    assert walk_up.batch == "0223-03"


def test_a_walk_up_without_id_number_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path, "zh")
    mark(path, 0, ("姓名",), {10: "罗三"})  # type: ignore[arg-type]
    report = read_marked([path], OURS)
    assert report.walk_ups == ()
    assert [fault.code for fault in report.faults] == ["missing_id_number"]


def test_a_receipt_says_who_arrived_and_where_others_went(papers: Path) -> None:
    mark(papers, 2, ("到岗", "Arrived"), {1: "√"})
    mark(papers, 2, ("备注", "Remarks"), {2: "去了虎门另一家厂"})
    report = read_marked([papers], OURS)
    assert [(one.person, one.arrived, one.note) for one in report.arrivals] == [
        (1201, True, ""),
        (1205, False, "去了虎门另一家厂"),
    ]


@pytest.mark.parametrize(
    ("word", "arrived"),
    [
        ("已报到", True),
        ("已入职", True),
        ("到岗", True),
        ("在岗", True),
        ("未报到", False),
        ("未到岗", False),
        ("未入职", False),
    ],
)
def test_an_employer_says_in_words_who_has_arrived(papers: Path, word: str, arrived: bool) -> None:
    mark(papers, 2, ("到岗", "Arrived"), {1: word})
    report = read_marked([papers], OURS)
    assert [one.arrived for one in report.arrivals] == [arrived, False]
    assert report.faults == ()


def test_an_unclear_mark_is_a_fault_with_its_cell(papers: Path) -> None:
    report = board(papers, {1: "√", 2: "在后面的车"})
    assert [fault.code for fault in report.faults] == ["not_yes_no"]
    assert report.faults[0].value == "在后面的车"
    assert 1202 not in {one.person for one in report.boardings}


def test_an_unclear_mark_is_asked_for_in_the_words_of_the_paper(tmp_path: Path) -> None:
    path = write(tmp_path, "zh")
    mark(path, 2, ("到岗", "Arrived"), {1: "√", 2: "去了别处"})
    (on_board, at_work) = board(path, {1: "√", 2: "请假"}).faults
    assert on_board.message.zh == "“上车”栏看不出是√还是×,没有登记"
    assert at_work.message.zh == "“到岗”栏看不出是√还是×,没有登记"
    assert {fault.fix.zh for fault in (on_board, at_work)} == {"请改成√或×再读一次"}


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"other\.csv"):
        read_marked([path], OURS)


@pytest.mark.parametrize(
    "word", ["到", "○", "Ｏ", "o", "●", "√", "✔", "1", "是", "已上车", "上", "已到", "来了"]
)
def test_words_of_escorts_for_on_board(papers: Path, word: str) -> None:
    report = board(papers, {1: word, 2: "×"})
    assert report.faults == ()
    assert [(one.person, one.boarded) for one in report.boardings[:2]] == [(1201, True), (1202, False)]


@pytest.mark.parametrize(
    "word", ["未到", "缺", "没来", "×", "x", "✗", "0", "否", "未上车", "不来", "×没来", "×（没上车）"]
)
def test_words_of_escorts_for_not_there(papers: Path, word: str) -> None:
    report = board(papers, {1: "√", 2: word})
    assert report.faults == ()
    assert [(one.person, one.boarded) for one in report.boardings[:2]] == [(1201, True), (1202, False)]


def test_on_a_list_with_crosses_alone_a_blank_says_nothing(papers: Path) -> None:
    report = board(papers, {2: "未到", 5: "缺"})
    assert [(one.person, one.boarded) for one in report.boardings] == [(1202, False), (1205, False)]


@pytest.mark.parametrize("word", ["自己开车走了", "?", "×到"])
def test_a_cell_that_cannot_be_read_is_no_tick(papers: Path, word: str) -> None:
    report = board(papers, {2: word, 5: "缺"})
    assert [(one.person, one.boarded) for one in report.boardings] == [(1205, False)]
    assert [fault.value for fault in report.faults] == [word]


@pytest.mark.parametrize("nothing", ["/", "-"])
def test_a_sign_for_nothing_is_no_absence(papers: Path, nothing: str) -> None:
    report = board(papers, {1: "√", 2: nothing})
    assert report.faults == ()
    assert (1202 in {one.person for one in report.boardings}, len(report.boardings)) == (False, 7)


def test_a_sign_for_nothing_is_no_tick(papers: Path) -> None:
    assert [one.person for one in board(papers, {1: "×", 2: "/"}).boardings] == [1201]


def test_a_mark_knows_its_cell(papers: Path) -> None:
    (ticked, *_, blank) = board(papers, {1: "到"}).boardings
    assert ticked.differs is not None
    assert (ticked.differs.code, ticked.differs.value) == ("marks_differ", "到")
    assert blank.differs is None
