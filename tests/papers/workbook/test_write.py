"""What plan.xlsx says, read back with another library than the one that wrote it."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from returnplan.model.texts import Lang
from returnplan.papers.workbook import is_up_to_date, write, write_plan_workbook
from tests.specimens.plans import make_header, make_plan

SHEETS = [
    "汇总",
    "目的城市",
    "来源地",
    "批次",
    "乘车人员",
    "站点",
    "物资",
    "未安排",
    "企业",
    "流向",
    "数据问题",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_plan_workbook(make_plan(), make_header(), tmp_path / "plan.xlsx", lang="zh")


def rows(sheet: Worksheet) -> list[dict[object, object]]:
    headers, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(headers, line, strict=True)) for line in lines]


def strings(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path):
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))


def test_all_sheets_in_their_order(path: Path) -> None:
    assert load_workbook(path).sheetnames == SHEETS


def test_every_rider_has_a_row_with_phone_and_without_id_number(path: Path) -> None:
    riders = rows(load_workbook(path)["乘车人员"])
    assert len(riders) == 65
    first = riders[0]
    assert (first["批次编号"], first["座位"], first["编号"], first["姓名"]) == ("0223-03", 1, 1201, "韦秀英")
    assert first["联系电话"] == "13807754000"
    assert first["最早出发"] == datetime(2021, 2, 22)
    ids = set(make_plan().riders["id_number"])
    assert not ids & set(strings(path))


def test_batches_and_stops_tell_times_and_heads(path: Path) -> None:
    book = load_workbook(path)
    batch = rows(book["批次"])[0]
    assert (batch["出发日期"], batch["出发时间"]) == (datetime(2021, 2, 23), datetime(2021, 2, 23, 8))
    assert (batch["人数"], batch["费用(元)"], batch["状态"]) == (45, 6784.4, "草案")
    stop = rows(book["站点"])[0]
    assert (stop["批次编号"], stop["站序"], stop["上/下客"], stop["上车"]) == ("0223-03", 1, "上客", 24)


def test_the_unplanned_have_reason_and_suggestion(path: Path) -> None:
    (row,) = rows(load_workbook(path)["未安排"])
    assert (row["原因"], row["建议"], row["原因类别"]) == ("这一行有错误", "改好后重新导入", "信息有误")
    assert row["编号"] is None  # who never was a person of the store has no number
    assert row["最早出发"] is None


def test_in_english_places_and_cities_are_in_latin_letters(tmp_path: Path) -> None:
    book = load_workbook(write_plan_workbook(make_plan(), make_header(), tmp_path / "plan.xlsx", lang="en"))
    first = rows(book["Riders"])[0]
    assert (first["Sex"], first["Pick-up"]) == ("M", "Gangnan district Qiaoxu town government square")
    assert (first["Prefecture"], first["City"]) == ("Guigang", "Dongguan")
    batch, stop = rows(book["Batches"])[0], rows(book["Stops"])[0]
    assert (batch["City"], batch["Base"], stop["City"]) == ("Dongguan", "Guigang", "Guigang")
    assert stop["Place"] == first["Pick-up"]
    assert [row["City"] for row in rows(book["Flows"])][:1] == ["Dongguan"]
    assert [row["Origins"] for row in rows(book["Origins"])] == ["Guigang"]
    assert {row["City"] for row in rows(book["Cities"])} == {"Dongguan", "Shenzhen"}


def test_formula_looking_names_stay_text(path: Path) -> None:
    cell = load_workbook(path)["未安排"]["A2"]
    assert (cell.value, cell.data_type) == ("=罗海", "s")


def test_numbers_in_faults_are_masked(path: Path) -> None:
    (row,) = rows(load_workbook(path)["数据问题"])
    assert row["内容"] == "450803********1234"
    assert "450803199013011234" not in "".join(strings(path))


def test_supplies_count_children(path: Path) -> None:
    assert rows(load_workbook(path)["物资"]) == [
        {
            "出发日期": datetime(2021, 2, day),
            "批次": batch,
            "人数(含儿童)": heads,
            "牛奶": heads,
            "口罩": 2 * heads,
        }
        for day, batch, heads in (
            (23, "合计", 46),
            (23, "0223-03", 46),
            (24, "合计", 21),
            (24, "0224-01", 21),
        )
    ]


def test_cells_the_office_may_change_are_coloured(path: Path) -> None:
    book = load_workbook(path)
    assert book["批次"]["G2"].fill.fgColor.rgb == "FFFFF2CC"  # plate
    assert book["乘车人员"]["A2"].fill.fgColor.rgb == "FFFFF2CC"  # batch
    assert book["乘车人员"]["E2"].fill.fgColor.rgb != "FFFFF2CC"  # name


def test_charts_are_native_and_show_days_and_cities(path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        charts = "".join(file.read(n).decode() for n in file.namelist() if n.startswith("xl/charts/chart"))
    first = next(cell.row for cell in load_workbook(path)["汇总"]["A"] if isinstance(cell.value, datetime))
    assert f"汇总!$D${first}:$D${first + 1}" in charts.replace("'", "")  # without the whole below
    assert "目的城市!$D$2:$D$3" in charts.replace("'", "")
    assert 'formatCode="0%"' in charts
    scales = re.findall(r"<c:valAx>.*?</c:scaling>", charts)
    assert ['<c:min val="0"/>' in scale for scale in scales] == [True, True]


def test_summary_shows_the_run_and_the_figures(path: Path) -> None:
    shown = list(strings(path))
    assert any("a1b2c3d4e5f6" in text for text in shown)
    assert "49座大巴×2" in shown
    assert "要付的车费 13,569 元，平均每人 209 元。" in shown
    assert any("都不会低于 13,000 元" in text for text in shown)


def test_a_class_counts_once_under_whatever_word_and_who_named_none_is_counted(tmp_path: Path) -> None:
    plan = make_plan()
    plan.riders["category"] = ["脱贫户"] * 20 + ["脱贫人口"] * 10 + [""] * (len(plan.riders) - 30)
    book = load_workbook(write_plan_workbook(plan, make_header(), tmp_path / "plan.xlsx", lang="zh"))
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert f"未填 {len(plan.riders) - 30}  脱贫户 30" in texts


def test_what_became_of_a_rider_stands_in_words(tmp_path: Path) -> None:
    plan = make_plan()
    statuses = ["absent", "other_factory", *["boarded"] * (len(plan.riders) - 2)]
    shown = write_plan_workbook(
        replace(plan, riders=plan.riders.assign(status=statuses)),
        make_header(),
        tmp_path / "plan.xlsx",
        lang="zh",
    )
    assert {row["状态"] for row in rows(load_workbook(shown)["乘车人员"])} == {"未到", "去了别处", "已上车"}


def test_walk_ups_stand_beside_those_on_board_and_make_a_workbook_outdated(tmp_path: Path) -> None:
    plan, path = make_plan(), tmp_path / "plan.xlsx"
    (home,) = plan.summary["origins"]
    line = plan.summary["origins"][home] | {"boarded": 31, "walk_ups": 2}
    counted = replace(plan, summary=plan.summary | {"origins": {home: line}})
    write_plan_workbook(counted, make_header(), path, lang="zh")
    (row,) = rows(load_workbook(path)["来源地"])
    assert (row["已上车"], row["其中现场增补"]) == (31, 2)
    assert not is_up_to_date(path, plan, make_header(), "zh")


def test_what_a_workbook_shows_is_known_again(path: Path) -> None:
    plan, header = make_plan(), make_header()
    assert is_up_to_date(path, plan, header, "zh")
    first, *others = plan.batches
    assert not is_up_to_date(path, replace(plan, batches=(replace(first, version=9), *others)), header, "zh")
    assert not is_up_to_date(path, plan, replace(header, id="0" * 12), "zh")
    assert not is_up_to_date(path, plan, header, "en")


@pytest.mark.parametrize("content", [None, b"", b"no zip", b"PK\x03\x04broken"])
def test_what_is_not_ours_shows_no_plan(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "plan.xlsx").write_bytes(content)
    assert not is_up_to_date(tmp_path / "plan.xlsx", make_plan(), make_header(), "zh")


def test_riders_stand_batch_by_batch_and_seat_by_seat(tmp_path: Path) -> None:
    plan = make_plan()
    mixed = replace(plan, riders=plan.riders.iloc[::-1])
    written = [
        [row[2] for row in load_workbook(path)["乘车人员"].iter_rows(values_only=True)]
        for path in (
            write_plan_workbook(one, make_header(), tmp_path / f"{at}.xlsx", lang="zh")
            for at, one in enumerate((plan, mixed))
        )
    ]
    assert written[0] == written[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_plan_is_a_workbook_too(tmp_path: Path, lang: Lang) -> None:
    plan = make_plan()
    empty = replace(
        plan,
        batches=(),
        riders=plan.riders[:0],
        unplanned=plan.unplanned[:0],
        employers=(),
        faults=(),
        summary={},
    )
    path = write_plan_workbook(empty, make_header(), tmp_path / "plan.xlsx", lang=lang)
    assert len(load_workbook(path).sheetnames) == 11


def test_very_many_riders_go_into_a_workbook_a_city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MOST_RIDERS", 50)
    write_plan_workbook(make_plan(), make_header(), tmp_path / "plan.xlsx", lang="zh")
    assert "乘车人员" not in load_workbook(tmp_path / "plan.xlsx").sheetnames
    assert len(rows(load_workbook(tmp_path / "plan-东莞.xlsx")["乘车人员"])) == 45
    assert len(rows(load_workbook(tmp_path / "plan-深圳.xlsx")["乘车人员"])) == 20


def test_a_city_of_too_many_riders_has_a_workbook_a_county(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "MOST_RIDERS", 30)
    plan = make_plan()
    write_plan_workbook(plan, make_header(), tmp_path / "plan.xlsx", lang="zh")
    counties = plan.riders.loc[plan.riders["city"] == "东莞市", "county"]
    written = {path.stem: path for path in tmp_path.glob("plan-*.xlsx")}
    assert set(written) == {f"plan-{county.removesuffix('区')}-东莞" for county in counties.unique()} | {
        "plan-深圳"
    }
    of_dongguan = [rows(load_workbook(path)["乘车人员"]) for stem, path in written.items() if "东莞" in stem]
    assert sum(map(len, of_dongguan)) == len(counties)


def test_days_are_in_order(path: Path) -> None:
    sheet = load_workbook(path)["汇总"]
    days = [cell.value.date() for cell in sheet["A"] if isinstance(cell.value, datetime)]
    assert days == [date(2021, 2, 23), date(2021, 2, 24)]


def test_flows_stand_with_their_gap_and_the_whole_below(path: Path) -> None:
    *parts, whole = rows(load_workbook(path)["流向"])
    assert [(line["来源地"], line["目的城市"], line["人数"]) for line in parts] == [
        ("贵港市", "东莞市", 45),
        ("贵港市", "深圳市", 20),
    ]
    assert (whole["来源地"], whole["人数"], whole["车次(分摊)"]) == ("合计", 65, 2)


def test_who_pays_has_a_sheet_and_a_sentence_where_not_the_office_alone_does(tmp_path: Path) -> None:
    payers = {"shares": [{"payer": "fund", "name": "春暖行动", "most_a_coach": 1_000.0}]}
    plan = make_plan()
    priced = tuple(replace(batch, contract_yuan=6_500.0) for batch in plan.batches)
    header = replace(make_header(), config={"payers": payers, "office": {"name": "港南区人社局"}})
    book = load_workbook(
        write_plan_workbook(replace(plan, batches=priced), header, tmp_path / "plan.xlsx", lang="zh")
    )
    assert book.sheetnames == [*SHEETS[:3], "付费", *SHEETS[3:]]
    office, fund = rows(book["付费"])
    assert (office["付费"], office["金额(元)"], office["人数"]) == ("港南区人社局", 11_000.0, 65)
    assert (fund["付费"], fund["类别"], fund["人均(元)"]) == ("春暖行动", "专项资金", round(2_000 / 65, 2))
    said = "\n".join(
        str(cell.value) for line in book["汇总"].iter_rows(max_row=10) for cell in line if cell.value
    )
    assert "包车和车票 13,000 元，其中港南区人社局 11,000 元" in said
