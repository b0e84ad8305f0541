"""A township's call list says who is told what, and its results come back."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.model.faults import RowRef
from returnplan.model.texts import Lang
from returnplan.papers.calls import Call, CallResult, OffCall, first_calls, read_calls, write_calls
from returnplan.papers.calls.call import message
from returnplan.papers.edition import Edition
from returnplan.papers.settings import NO_OFFICE, Office
from tests.specimens.coach import make_batch, make_riders


def write(folder: Path, calls: list[Call], lang: Lang = "zh") -> list[Path]:
    return list(write_calls(calls, folder, Edition(lang, "a1", datetime(2021, 2, 20))))


def make_calls(count: int = 6) -> list[Call]:
    riders = make_riders(count)
    batch = make_batch(riders)
    return first_calls([batch], {batch.id: riders})


def fill(path: Path, results: dict[int, list[object]]) -> None:
    """Type result, new date and remarks into the rows (from 1) of a call list."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value in ("编号", "Person"))
    first = next(cell for cell in header if cell.value in ("结果", "Result"))
    for number, values in results.items():
        for offset, value in enumerate(values):
            sheet.cell(first.row + number, first.column + offset).value = value
    book.save(path)


def test_one_workbook_a_township(tmp_path: Path) -> None:
    calls = make_calls(4)
    calls[1] = replace(calls[1], rider=replace(calls[1].rider, township="木格镇"))
    names = [path.name for path in write(tmp_path, calls)]
    assert names == ["电话通知表-港南区-木格镇-内部资料.xlsx", "电话通知表-港南区-桥圩镇-内部资料.xlsx"]


def test_two_spellings_of_a_township_share_a_workbook(tmp_path: Path) -> None:
    calls = make_calls(4)
    calls[1] = replace(calls[1], rider=replace(calls[1].rider, township="桥圩"))
    (path,) = write(tmp_path, calls)
    assert path.name == "电话通知表-港南区-桥圩镇-内部资料.xlsx"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_words_to_say_tell_is_not_printed_besides(tmp_path: Path, lang: Lang) -> None:
    """All columns on one sheet of A4 are too small to read."""
    (path,) = write(tmp_path, make_calls(), lang)
    sheet = load_workbook(path).worksheets[0]
    header = next(row for row in sheet.iter_rows() if row[0].value in ("编号", "Person"))
    (last,) = (cell for cell in header if cell.value in ("备注", "Remarks"))
    assert f":${last.column_letter}$" in sheet.print_area
    printed = [cell.column_letter for cell in header if cell.column <= last.column]
    assert sum(sheet.column_dimensions[letter].width for letter in printed) < 180


def test_in_english_a_township_is_in_latin_letters(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(2), "en")
    assert path.name == "call list-Gangnan-Qiaoxu town-internal.xlsx"


def test_message_tells_day_hour_point_coach_seat_and_leader() -> None:
    words = message(make_calls(20)[0], "zh", NO_OFFICE)
    for part in (
        "2月23日08:00",
        "港南区桥圩镇政府广场",
        "49座大巴",
        "1座",
        "第2批(2月23日)3号车",
        "车长",
        "16:40",
        f"企业：{make_calls(20)[0].rider.employer}",
    ):
        assert part in words


def test_changes_are_said_so() -> None:
    call = make_calls(1)[0]
    assert "有调整" in message(replace(call, kind="moved"), "zh", NO_OFFICE)
    off = OffCall("off", call.rider, call.batch_id, call.place, call.time)
    assert "2月23日08:00在港南区桥圩镇政府广场上车" in message(off, "zh", NO_OFFICE)
    assert "不要前往" in message(off, "zh", NO_OFFICE)
    assert "已按取消登记" in message(replace(off, kind="withdrawn"), "zh", NO_OFFICE)
    office = Office(name="港南区人社局", contact="黄科长", phone="0775-4230000")
    assert "不能乘车请马上告知港南区人社局 黄科长 0775-4230000" in message(call, "zh", office)
    assert "hour has changed" in message(replace(call, kind="retimed"), "en", NO_OFFICE)


def test_who_rides_on_another_day_than_they_named_hears_of_it() -> None:
    call = make_calls(1)[0]
    other = replace(call, rider=replace(call.rider, flexed=True))
    assert "不是您原报的日期" in message(other, "zh", NO_OFFICE)
    assert "not the day you signed up for" in message(other, "en", NO_OFFICE)
    assert "原报" not in message(call, "zh", NO_OFFICE)


def test_in_english_places_and_vehicles_are_too() -> None:
    call = make_calls(1)[0]
    words = message(call, "en", NO_OFFICE)
    assert (
        "at Gangnan district Qiaoxu town government square, 15 minutes early. 49-seat coach, seat 1." in words
    )
    off = OffCall("off", call.rider, call.batch_id, call.place, call.time)
    assert "from Gangnan district Qiaoxu town government square cannot take you" in message(
        off, "en", NO_OFFICE
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_results_come_back(tmp_path: Path, lang: Lang) -> None:
    (path,) = write(tmp_path, make_calls(6), lang)
    words = {
        "zh": ("已通知", "未接通", "取消", "改期至"),
        "en": ("told", "no answer", "cancels", "postpones to"),
    }[lang]
    fill(
        path,
        {
            1: [words[0]],
            2: [words[1]],
            3: [words[2], None, "已自行前往"],
            4: [words[3], datetime(2021, 2, 26)],
        },
    )
    report = read_calls([path], 2021)
    assert report.faults == ()
    assert [(r.person, r.outcome, r.postponed_to) for r in report.answers] == [
        (1201, "told", None),
        (1202, "unreached", None),
        (1203, "cancelled", None),
        (1204, "postponed", date(2021, 2, 26)),
    ]
    assert {r.batch for r in report.answers} == {"0223-03"}
    assert report.answers[2].note == "已自行前往"


def test_a_result_knows_its_row(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(3))
    fill(path, {2: ["已通知"]})
    assert read_calls([path], 2021, {"a1"}).answers == (
        CallResult(
            *(RowRef(path.name, "电话通知表", 5), 1202, "0223-03", "told", None, "", "08:00"),
            *("49座大巴", 2, "虎门汽车站", "覃秀英 13807754074", make_calls(3)[1].rider.employer, "a1"),
        ),
    )


def test_dates_as_people_write_them(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(3))
    fill(path, {1: ["改期至", "2月26日"]})
    assert read_calls([path], 2021).answers[0].postponed_to == date(2021, 2, 26)


def test_what_is_filled_in_beside_a_blank_result_is_said(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(5))
    fill(path, {1: [None, "2月26日"], 2: [None, None, "不去了"], 3: [None, "/", "无"]})
    report = read_calls([path], 2021)
    assert report.answers == ()
    assert [(fault.code, fault.cell) for fault in report.faults] == [
        ("missing_result", "I4"),
        ("missing_result", "I5"),
    ]


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        (["已通知", "2月26日"], "J4"),
        (["取消", "2月26日"], "J4"),
        (["改期至2月25日", "2月26日"], "J4"),
        (["已通知", None, "不去了"], "K4"),
        (["改期至", "2月26日", "已购高铁票"], "K4"),
    ],
)
def test_a_result_that_the_cell_beside_it_contradicts_is_not_taken(
    tmp_path: Path, cells: list[object], cell: str
) -> None:
    (path,) = write(tmp_path, make_calls(2))
    fill(path, {1: cells})
    report = read_calls([path], 2021)
    assert report.answers == ()
    assert [(fault.code, fault.cell) for fault in report.faults] == [("answers_contradict", cell)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["已通知", "无"], ("told", None)),
        (["已通知", "2月23日"], ("told", None)),
        (["取消", "-", "不去了"], ("cancelled", None)),
        (["改期至2月26日", "2月26日"], ("postponed", date(2021, 2, 26))),
    ],
)
def test_a_cell_that_says_the_same_or_nothing_contradicts_no_result(
    tmp_path: Path, cells: list[object], said: tuple[str, date | None]
) -> None:
    (path,) = write(tmp_path, make_calls(2))
    fill(path, {1: cells})
    report = read_calls([path], 2021)
    assert ([(one.outcome, one.postponed_to) for one in report.answers], report.faults) == ([said], ())


def test_the_day_of_the_call_before_its_result_is_no_new_date(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(5))
    fill(path, {1: ["2.20已通知"], 2: ["2月20日 未接"], 3: ["2.20"], 4: ["2.20不去了"]})
    report = read_calls([path], 2021)
    assert [(one.outcome, one.postponed_to) for one in report.answers] == [
        ("told", None),
        ("unreached", None),
        ("postponed", date(2021, 2, 20)),
    ]
    assert [fault.cell for fault in report.faults] == ["I7"]


def test_what_cannot_be_read_is_a_fault_with_its_cell(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(3))
    fill(path, {1: ["也许"], 2: ["改期至"], 3: ["已通知"]})
    report = read_calls([path], 2021)
    assert [fault.code for fault in report.faults] == ["unknown_result", "missing_new_date"]
    assert [fault.cell for fault in report.faults] == ["I4", "J5"]
    assert [result.person for result in report.answers] == [1203]


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    book = load_workbook(write(tmp_path, make_calls(3))[0])
    book.worksheets[0].delete_cols(1)
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(InputRefused, match=r"other\.xlsx"):
        read_calls([tmp_path / "other.xlsx"], 2021)


def test_names_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    call = make_calls(1)[0]
    (path,) = write(tmp_path, [replace(call, rider=replace(call.rider, name="=1+1"))])
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def results(folder: Path, *written: list[object]) -> list[tuple[str, date | None]]:
    (path,) = write(folder, make_calls(7))
    fill(path, dict(enumerate(written, 1)))
    report = read_calls([path], 2021)
    assert report.faults == ()
    return [(one.outcome, one.postponed_to) for one in report.answers]


def test_the_leader_is_told_to_lead_and_not_to_phone_themselves() -> None:
    calls = make_calls(20)
    (own,) = (call for call in calls if call.leader and call.leader.person == call.rider.person)
    assert "请您当本车车长" in message(own, "zh", NO_OFFICE)
    assert "asked to lead this vehicle" in message(own, "en", NO_OFFICE)
    others = [message(call, "zh", NO_OFFICE) for call in calls if call is not own]
    assert all(f"车长{own.rider.name}，电话{own.rider.phone}" in words for words in others)


@pytest.mark.parametrize("word", ["关机", "空号", "停机", "无人接听", "没接", "未接", "未接通"])
def test_words_for_nobody_answered(tmp_path: Path, word: str) -> None:
    assert results(tmp_path, [word]) == [("unreached", None)]


@pytest.mark.parametrize(
    ("words", "outcome", "entered"),
    [
        ("接了，空号是别人", "unreached", ("登记为未接通", "no answer")),
        ("接了，别人的", "unreached", ("登记为未接通", "no answer")),
        ("空号，已微信通知", "told", ("登记为已通知", "entered as told")),
        ("打错电话，后来通知到", "told", ("登记为已通知", "entered as told")),
    ],
)
def test_a_wrong_number_is_said_and_what_came_of_it_is_entered(
    tmp_path: Path, words: str, outcome: str, entered: tuple[str, str]
) -> None:
    (path,) = write(tmp_path, make_calls(7))
    fill(path, {1: [words]})
    report = read_calls([path], 2021)
    assert [one.outcome for one in report.answers] == [outcome]
    (fault,) = report.faults
    assert (fault.code, fault.severity) == ("wrong_number", "warning")
    assert entered[0] in fault.message.zh
    assert entered[1] in fault.message.en
    assert "wrong number" in fault.message.en


def test_who_was_told_on_another_number_is_told(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(7))
    fill(path, {1: ["已通知，原号是别人的"], 2: ["已通知，不是空号"], 3: ["接了，不是本人接的"]})
    report = read_calls([path], 2021)
    assert [one.outcome for one in report.answers] == ["told"] * 3
    assert {fault.code for fault in report.faults} == {"words_left_over"}


@pytest.mark.parametrize(
    "word",
    ["不去了", "取消", "不走", "不走了。", "自己走", "自驾", "自己走了", "自行走了", "住院去不了", "已住院"],
)
def test_words_for_a_refusal(tmp_path: Path, word: str) -> None:
    assert results(tmp_path, [word]) == [("cancelled", None)]


@pytest.mark.parametrize(
    "word", ["已通知", "通知到", "OK", "√", "接了", "打通了", "微信已通知", "通了", "微信通知了"]
)
def test_words_for_told(tmp_path: Path, word: str) -> None:
    assert results(tmp_path, [word]) == [("told", None)]


def test_a_new_date_may_stand_in_either_column_and_takes_the_year_of_the_campaign(tmp_path: Path) -> None:
    new = ("postponed", date(2021, 2, 21))
    found = results(
        tmp_path,
        ["改期2月21日"],
        ["改期至 2月21日"],
        ["改到2.21"],
        ["改期", "2月21日"],
        ["改期", "改到2月21日"],
        ["延期到正月初十"],
        [datetime(2021, 2, 21)],
    )
    assert found == [new] * 7
    assert results(tmp_path / "三", ["改期", "改到28号"]) == [("postponed", date(2021, 2, 28))]
    assert results(tmp_path / "二", ["2月21日"], ["已通知，改2月21日"]) == [new] * 2


def test_an_unknown_result_is_a_fault_with_its_cell(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(2))
    fill(path, {1: ["回头再说"], 2: ["改期2月30日"]})
    report = read_calls([path], 2021)
    assert report.answers == ()
    assert [(one.code, one.value) for one in report.faults] == [
        ("unknown_result", "回头再说"),
        ("no_such_date", "改期2月30日"),
    ]


@pytest.mark.parametrize(
    ("word", "new"),
    [
        ("改到26号", date(2021, 2, 26)),
        ("改3号", date(2021, 3, 3)),
        ("改21号", date(2021, 2, 21)),
        ("改到16号走", date(2021, 2, 16)),
        ("改15号", date(2021, 3, 15)),
        ("改到22号走", date(2021, 2, 22)),
        ("22号走", date(2021, 2, 22)),
        ("16号走", date(2021, 2, 16)),
    ],
)
def test_a_bare_day_is_that_of_the_week_before_the_seat_else_the_next(
    tmp_path: Path, word: str, new: date
) -> None:
    assert results(tmp_path, [word]) == [("postponed", new)]


@pytest.mark.parametrize("word", ["同意", "去", "可以", "好的", "行", "没问题"])
def test_who_agrees_is_told(tmp_path: Path, word: str) -> None:
    assert results(tmp_path, [word]) == [("told", None)]


@pytest.mark.parametrize("word", ["考虑", "再说", "不同意"])
def test_who_has_not_decided_is_asked_about(tmp_path: Path, word: str) -> None:
    (path,) = write(tmp_path, make_calls(1))
    fill(path, {1: [word]})
    assert [fault.code for fault in read_calls([path], 2021).faults] == ["unknown_result"]


def test_words_beside_the_result_are_named_and_the_result_counts(tmp_path: Path) -> None:
    (path,) = write(tmp_path, make_calls(4))
    fill(path, {1: ["已通知，要带小孩"], 2: ["已通知，不去了"], 3: ["未接（家人说晚上打）"], 4: ["已通知。"]})
    report = read_calls([path], 2021)
    assert [answer.outcome for answer in report.answers] == ["told", "cancelled", "unreached", "told"]
    assert [(fault.cell, fault.severity) for fault in report.faults] == [("I4", "warning"), ("I6", "warning")]
    assert "要带小孩" in report.faults[0].message.zh


@pytest.mark.parametrize("words", ["已通知，可能不去", "未接，微信已通知", "要带小孩"])
def test_a_result_that_is_not_clear_stays_a_question(tmp_path: Path, words: str) -> None:
    (path,) = write(tmp_path, make_calls(1))
    fill(path, {1: [words]})
    report = read_calls([path], 2021)
    assert report.answers == ()
    assert [fault.code for fault in report.faults] == ["unknown_result"]


def test_who_is_on_a_draft_that_is_held_stands_last_and_is_not_to_be_phoned(tmp_path: Path) -> None:
    """Lists on which nobody else stands are for another evening; the words to say stand there all the same."""
    held = [replace(call, kind="held") for call in make_calls(4)]
    elsewhere = replace(held[3].rider, township="木格镇")
    calls = [held[0], replace(held[1], kind="new"), held[2], replace(held[3], rider=elsewhere)]
    lists = write_calls(calls, tmp_path, Edition("zh", "a1", datetime(2021, 2, 20)))
    assert list(lists.values()) == [False, True]
    sheet = load_workbook(list(lists)[1]).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[3] for row in cells[-3:]] == ["新安排", "草案，先别打", "草案，先别打"]
    assert "最后 2 人的车还是草案" in str(cells[1])
    assert "专车已安排" in message(held[0], "zh", NO_OFFICE)


def test_a_parent_hears_the_seats_of_the_children_and_which_papers_to_bring() -> None:
    call = make_calls(20)[0]
    alone, with_two = (message(replace(call, rider=replace(call.rider, child_seats=seats)), "zh", NO_OFFICE)
                       for seats in ((), (21, 22)))  # fmt: skip
    assert "随行儿童2人坐21、22座" in with_two
    assert "请带好身份证和儿童的户口簿或身份证" in with_two
    assert "儿童" not in alone
