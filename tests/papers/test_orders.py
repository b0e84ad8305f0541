"""What a carrier is asked for, and what it sends back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.model.plan import Batch, Handout, Rest
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.orders import (
    Assignment,
    Trial,
    agreed,
    needed_no_more,
    next_orders,
    outdated,
    read_orders,
    write_orders,
)
from returnplan.papers.since_last import Issue
from tests.specimens.coach import make_batch, make_riders


def write(
    folder: Path, batches: list[Batch], lang: Lang = "zh", payers: Mapping[str, str] | None = None
) -> list[Path]:
    riders = {batch.id: make_riders(30) for batch in batches}
    return write_orders(batches, riders, folder, Edition(lang, "a1", datetime(2021, 2, 20)), payers or {})


def coaches(count: int = 2, **changes: object) -> list[Batch]:
    riders = make_riders(30)
    return [make_batch(riders, id=f"0223-{n:02d}", number=n, **changes) for n in range(1, count + 1)]


def fill(path: Path, answers: Mapping[str, Sequence[object]]) -> None:
    """Type what a carrier answers, from the plate on, into the rows of batches."""
    book = load_workbook(path)
    sheet = book.worksheets[1]
    plate = next(cell for row in sheet.iter_rows() for cell in row if cell.value in ("车牌号", "Plate"))
    for row in sheet.iter_rows(min_row=plate.row + 1):
        for offset, value in enumerate(answers.get(str(row[0].value), [])):
            sheet.cell(row[0].row, plate.column + offset).value = value
    book.save(path)


def test_a_carrier_reads_its_own_coaches_and_prices_alone(tmp_path: Path) -> None:
    ours, theirs = coaches(1, carrier="桂平客运公司")[0], coaches(1, carrier="平安旅运")[0]
    batches = [ours, replace(theirs, id="0223-09", number=9, contract_yuan=5999.6)]
    first, second = write(tmp_path, batches)
    assert [first.name, second.name] == ["派车单-平安旅运.xlsx", "派车单-桂平客运公司.xlsx"]
    words = {
        path: {cell.value for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row}
        for path in (first, second)
    }
    assert {"0223-09", 5999.6, "5,999.60"} <= words[first]
    assert not {"0223-09", 5999.6, "5,999.60", "平安旅运"} & words[second]


def test_the_orders_add_up_to_what_the_report_says(tmp_path: Path) -> None:
    """Three prices that end in 40 cents are 1.20 yuan more than their whole yuan."""
    batches = [replace(batch, contract_yuan=5000.4) for batch in coaches(3)]
    (path,) = write(tmp_path, batches)
    shown = {cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}
    assert {5000.4, "15,001.20"} <= shown


def test_one_sheet_a_base(tmp_path: Path) -> None:
    names = [
        path.name for path in write(tmp_path, [*coaches(1), *coaches(1, base=""), *coaches(1, base="柳州市")])
    ]
    assert names == ["派车单-各地车辆.xlsx", "派车单-柳州市.xlsx", "派车单-贵港市.xlsx"]


def test_in_english_a_prefecture_is_in_latin_letters_and_a_carrier_keeps_its_name(tmp_path: Path) -> None:
    ours = coaches(1, carrier="桂平市")[0]
    names = [path.name for path in write(tmp_path, [*coaches(1), ours], "en")]
    assert names == ["order sheet-桂平市.xlsx", "order sheet-Guigang.xlsx"]


def test_order_tells_seats_stops_km_price_and_route(tmp_path: Path) -> None:
    (path,) = write(tmp_path, coaches(1))
    shown = [
        cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value
    ]
    assert {"0223-01", "49座大巴", "2月23日(周二)", "08:00—17:50", "31人(含儿童1)", 472.4, 6784.4} <= set(
        shown
    )
    assert any("08:00 港南区桥圩镇政府广场 上25人" in str(value) for value in shown)  # with the child
    assert {
        "省际包车",
        "贵港市 港南区桥圩镇政府广场 → 东莞市 厚街镇三屯家具大道永信家具厂门口",
        "6,784.40",
    } <= set(shown)
    assert "港南区木格镇客运站、长安镇乌沙社区华强工业园东门、虎门汽车站" in shown


def order_page(
    folder: Path, batches: list[Batch], last: Mapping[str, Handout], day: int
) -> tuple[str, Issue]:
    """Write the one sheet of these coaches on a day of February; return all its words, and which sheet it is."""
    riders, at = {batch.id: make_riders(30) for batch in batches}, datetime(2021, 2, day, 20)
    ((to, issue),) = next_orders(last, batches, riders.keys(), riders, at).items()
    gone = {to: needed_no_more(issue, None)}
    edition = Edition("zh", "a1", at)
    (path,) = write_orders(
        batches, riders, folder, edition, {}, issues={to: issue}, not_needed=gone if gone[to] else {},
        rates={"0223-01": "4,500元+4.84元/公里"},
    )  # fmt: skip
    words = (
        str(cell.value) for row in load_workbook(path).worksheets[0].iter_rows() for cell in row if cell.value
    )
    return "|".join(words), issue


def test_a_later_order_says_its_version_and_what_is_new_since_the_last_one(tmp_path: Path) -> None:
    first, second = coaches(2)
    words, one = order_page(tmp_path, [first, second], {}, 20)
    assert "第1版(2021-02-20 20:00)" in words
    assert "新增" not in words
    later = replace(
        second, plate="桂R12345", vehicle="37座大巴", contract_yuan=6000.0,
        stops=tuple(replace(stop, time=stop.time + timedelta(hours=1)) for stop in second.stops),
    )  # fmt: skip
    new = replace(second, id="0223-03", number=3)
    words, two = order_page(tmp_path, [later, new], {"贵港市": one.handout}, 21)
    assert "第2版(2021-02-21 20:00)，此前各版作废；“与上次相比”指第1版(2021-02-20 20:00)" in words
    assert "取消，不用派车：0223-01(2月23日(周二) 49座大巴)" in words
    assert (
        "车型原49座大巴；包车费原6784.40；停靠站点有改动" in words
    )  # a plate that was not known is no change
    assert words.count("新增") == 1
    assert order_page(tmp_path, [later, new], {"贵港市": two.handout}, 22)[1] == two


def test_a_carrier_whose_coaches_are_all_off_hears_so_in_a_sheet(tmp_path: Path) -> None:
    coach = coaches(1, carrier="平安旅运")[0]
    _, issue = order_page(tmp_path, [coach], {}, 20)
    none = next_orders({"平安旅运": issue.handout}, [], set(), {}, datetime(2021, 2, 21, 20))
    gone = {"平安旅运": needed_no_more(none["平安旅运"], date(2021, 2, 23))}
    (path,) = write_orders(
        [], {}, tmp_path, Edition("zh", "a1", datetime(2021, 2, 21)), {}, issues=none, not_needed=gone
    )
    assert path.name == "派车单-平安旅运.xlsx"
    shown = [cell.value for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert "取消，不用派车：0223-01(2月23日(周二) 49座大巴)" in shown
    assert needed_no_more(none["平安旅运"], date(2021, 2, 24)) == []


def test_order_tells_rates_plate_drivers_and_rests(tmp_path: Path) -> None:
    rest = Rest(2, datetime(2021, 2, 23, 12, 50), 20, "rest")
    driver = "李师傅 13900000001 证450802199001011234"
    words, _ = order_page(tmp_path, coaches(1, plate="桂R12345", drivers=(driver,), rests=(rest,)), {}, 20)
    assert "桂R12345\n李师傅 13900000001|" in words
    assert "12:50 途中停车休息 20 分钟(服务区)" in words
    assert "4,500元+4.84元/公里" in words


def test_the_order_names_its_days_with_their_year(tmp_path: Path) -> None:
    first, second = coaches(2)
    later = replace(second, depart=second.depart + timedelta(days=1), date=second.date + timedelta(days=1))
    for batches, days in (([first], "2021-02-23"), ([first, later], "2021-02-23 至 2021-02-24")):
        (path,) = write(tmp_path, batches)
        assert days in {cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("vehicle", "seats", "words"),
    [("45座大巴", 45, "45座大巴"), ("大巴", 45, "大巴\n45座"), ("145座大巴", 45, "145座大巴\n45座")],
)
def test_seats_are_told_once(tmp_path: Path, vehicle: str, seats: int, words: str) -> None:
    (path,) = write(tmp_path, coaches(1, vehicle=vehicle, seats=seats))
    for sheet in load_workbook(path).worksheets:
        shown = {cell.value for row in sheet.iter_rows() for cell in row}
        assert words in shown


def test_the_order_names_who_signs_the_contract_where_somebody_is_named(tmp_path: Path) -> None:
    one, other = coaches(2)
    (path,) = write(tmp_path, [one, other], payers={one.id: "港南区财政局"})
    shown = [cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert shown.count("港南区财政局") == 1


def test_trains_are_not_ordered_here(tmp_path: Path) -> None:
    assert write(tmp_path, coaches(1, mode="train")) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_plates_and_drivers_come_back(tmp_path: Path, lang: Lang) -> None:
    (path,) = write(tmp_path, coaches(3), lang)
    fill(
        path,
        {
            "0223-01": ["桂r 12345", "李师傅 13900000001", None, "王师傅 13900000002"],
            "0223-03": [None, "赵师傅"],
        },
    )
    report = read_orders([path])
    assert report.faults == ()
    found = [(one.batch, one.plate, one.drivers) for one in report.answers]
    assert found == [
        ("0223-01", "桂R12345", ("李师傅 13900000001", "王师傅 13900000002")),
        ("0223-03", "", ("赵师傅",)),
    ]


def test_licences_and_a_trial_drive_come_back(tmp_path: Path) -> None:
    (path,) = write(tmp_path, coaches(2))
    licence = "450802199001011234"
    fill(
        path,
        {
            "0223-01": ["桂R12345", "李师傅 13900000001", licence],
            "0223-02": [None, None, None, None, None, 512, "430分钟", "桥圩广场太窄"],
        },
    )
    first, second = read_orders([path]).answers
    assert first.drivers == (f"李师傅 13900000001 证{licence}",)
    assert first.trial is None
    assert second.trial == Trial(512, 430, "桥圩广场太窄")
    known = coaches(1, drivers=first.drivers)
    (again,) = read_orders(write(tmp_path / "again", known)).answers
    assert again.drivers == first.drivers


def test_a_third_driver_has_columns_where_one_is_needed(tmp_path: Path) -> None:
    for num_drivers, there in [(2, False), (3, True)]:
        (path,) = write(tmp_path, coaches(1, num_drivers=num_drivers))
        heads = {cell.value for row in load_workbook(path).worksheets[1].iter_rows() for cell in row}
        assert ("驾驶员三(姓名 电话)" in heads) is there


def test_a_sheet_written_again_holds_what_is_known(tmp_path: Path) -> None:
    known = coaches(1, plate="桂R12345", drivers=("李师傅 13900000001",))
    (answer,) = read_orders(write(tmp_path, known)).answers
    assert isinstance(answer, Assignment)
    assert (answer.plate, answer.drivers) == ("桂R12345", ("李师傅 13900000001",))


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"other\.csv"):
        read_orders([path])


def test_a_name_in_the_place_of_a_licence_is_a_fault_of_its_cell_alone(tmp_path: Path) -> None:
    (path,) = write(tmp_path, coaches(1))
    driver, other = "李师傅 13900000001", "王师傅 13900000002"
    fill(path, {"0223-01": ["桂R12345", driver, other, other, None, "很远", 430]})
    report = read_orders([path])
    assert [(fault.cell[:1], fault.code) for fault in report.faults] == [
        ("I", "not_a_licence"),
        ("L", "not_a_number"),
    ]
    (answer,) = report.answers
    assert (answer.plate, answer.drivers) == ("桂R12345", (driver, other))
    assert answer.trial == Trial(None, 430, "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("无车", "no_vehicle"),
        ("来不了", "no_vehicle"),
        ("同上", "not_a_plate"),
        ("临时调配", "not_a_plate"),
        ("桂R1234", "not_a_plate"),
        ("桂R12345(备用桂R22222)", "not_a_plate"),
        ("桂R12345坏了", "no_vehicle"),
    ],
)
def test_words_are_no_plate(tmp_path: Path, words: str, code: str) -> None:
    """The drivers of the row count all the same."""
    (path,) = write(tmp_path, coaches(1))
    fill(path, {"0223-01": [words, "李师傅 13900000001"]})
    report = read_orders([path])
    assert [(fault.cell, fault.code, fault.severity) for fault in report.faults] == [("G4", code, "error")]
    assert [(one.plate, one.drivers) for one in report.answers] == [("", ("李师傅 13900000001",))]


@pytest.mark.parametrize("words", ["同上", "临时安排", "没有司机", "来不了"])
def test_words_are_no_driver(tmp_path: Path, words: str) -> None:
    (path,) = write(tmp_path, coaches(1))
    fill(path, {"0223-01": ["桂R12345", words]})
    report = read_orders([path])
    assert [(fault.cell, fault.code) for fault in report.faults] == [("H4", "not_a_driver")]
    assert [(one.plate, one.drivers) for one in report.answers] == [("桂R12345", ())]


@pytest.mark.parametrize("words", ["桂R-12345", "桂r.12345", "车牌：桂R12345", "车牌号:桂R·12345"])
def test_a_plate_spelled_otherwise_has_no_words_beside_it(tmp_path: Path, words: str) -> None:
    (path,) = write(tmp_path, coaches(1))
    fill(path, {"0223-01": [words]})
    report = read_orders([path])
    assert [one.plate for one in report.answers] == ["桂R12345"]
    assert report.faults == ()


def test_one_plate_among_words_is_taken_and_they_are_said(tmp_path: Path) -> None:
    (path,) = write(tmp_path, coaches(2))
    fill(path, {"0223-01": ["桂R-12345 (空调车)", "临时司机 13900000001"], "0223-02": ["桂r·12346"]})
    report = read_orders([path])
    assert [(one.plate, one.drivers) for one in report.answers] == [
        ("桂R12345", ("临时司机 13900000001",)),
        ("桂R12346", ()),
    ]
    assert [(fault.cell, fault.code, fault.severity) for fault in report.faults] == [
        ("G4", "words_left_over", "warning")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        ({"carrier": "平安旅运"}, "order_of_another_carrier", "A"),
        ({"vehicle": "39座中巴", "seats": 39}, "outdated_order", "E"),
        ({"date": date(2021, 2, 24)}, "outdated_order", "C"),
        ({"carrier": "", "base": "柳州市"}, None, ""),
        ({}, None, ""),
    ],
)
def test_an_answer_counts_for_what_was_ordered_alone(
    tmp_path: Path, lang: Lang, change: dict[str, object], code: str | None, cell: str
) -> None:
    """Another carrier's old order would put its plate and drivers on a coach that it does not drive."""
    ordered = coaches(1, carrier="桂平客运公司")[0]
    (path,) = write(tmp_path, [ordered], lang)
    fill(path, {"0223-01": ["桂R12345"]})
    (answer,) = read_orders([path]).answers
    fault = outdated(answer, replace(ordered, **change))  # type: ignore[arg-type]
    assert (fault and fault.code) == code
    assert (fault.cell[:1] if fault else "") == cell


def test_an_order_to_whoever_has_coaches_there_is_answered_by_a_carrier(tmp_path: Path) -> None:
    """The fleet sheet may name the carrier later."""
    for base in ("贵港市", ""):
        (path,) = write(tmp_path / (base or "any"), coaches(1, base=base))
        fill(path, {"0223-01": ["桂R12345"]})
        (answer,) = read_orders([path]).answers
        assert outdated(answer, coaches(1, base="贵港市", carrier="桂平客运公司")[0]) is None


def answers_of(folder: Path, *rows: Sequence[object]) -> list[Assignment]:
    """Return what several sheets of one coach say, each filled in from the plate on."""
    answers: list[Assignment] = []
    for number, row in enumerate(rows):
        (path,) = write(folder / str(number), coaches(1))
        fill(path, {"0223-01": row})
        answers += read_orders([path]).answers
    return answers


def test_several_sheets_of_one_coach_make_one_answer(tmp_path: Path) -> None:
    li, wang = "李师傅 13900000001", "王师傅 13900000002"
    sheets: list[list[object]] = [
        ["桂R12345"],
        [None, li],
        ["桂R12345", li, None, wang],
        ["桂R12345", li, None, wang],
    ]
    (answer,), faults = agreed(answers_of(tmp_path, *sheets))
    assert (answer.plate, answer.drivers) == ("桂R12345", (li, wang))
    assert faults == []


@pytest.mark.parametrize(
    ("other", "column"), [(["桂R99999"], "G"), (["桂R12345", "赵师傅 13900000003"], "H")]
)
def test_sheets_that_contradict_one_another_are_named_and_none_counts(
    tmp_path: Path, other: list[object], column: str
) -> None:
    answers, faults = agreed(answers_of(tmp_path, ["桂R12345", "李师傅 13900000001"], other))
    assert answers == []
    assert [(fault.code, fault.cell[:1]) for fault in faults] == [("orders_contradict", column)] * 2


def test_one_driver_in_two_columns_is_one_and_a_phone_with_too_few_digits_is_named(tmp_path: Path) -> None:
    (path,) = write(tmp_path, coaches(2))
    fill(
        path,
        {
            "0223-01": ["桂R12345", "李师傅 13900000001", None, "李明 139 0000 0001"],
            "0223-02": ["桂R12346", "王师傅 1390000002", None, "赵师傅 0376-4951234"],
        },
    )
    report = read_orders([path])
    assert [one.drivers for one in report.answers] == [
        ("李师傅 13900000001",),
        ("王师傅 1390000002", "赵师傅 0376-4951234"),
    ]
    assert [(fault.code, fault.value, fault.severity) for fault in report.faults] == [
        ("same_driver", "李明 139 0000 0001", "warning"),
        ("unclear_phone", "王师傅 1390000002", "warning"),
    ]
