"""What the papers of a batch say, read back with another library than the one that wrote them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from returnplan.model.plan import Batch, EmployerLine, Rest, Rider
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.itinerary import ALL_DIRECT
from returnplan.papers.manifest import Columns, ManifestSettings, write_manifests
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.ride_list import ride_list
from returnplan.papers.manifest.write import batch_file, put_away
from returnplan.papers.pages.paper import heights_of, num_sheets
from returnplan.papers.passengers import at_stations, choose_leaders
from returnplan.papers.wording import say_hour
from tests.specimens.coach import make_batch, make_rider, make_riders


def write(
    folder: Path,
    riders: Sequence[Rider],
    batch: Batch | None = None,
    *,
    lang: Lang = "zh",
    settings: ManifestSettings | None = None,
) -> Workbook:
    batch = batch or make_batch(list(riders))
    (path,) = write_manifests(
        [batch],
        {batch.id: riders},
        folder,
        Edition(lang, "a1b2c3d4e5f6", datetime(2021, 2, 22, 18, 5)),
        settings or ManifestSettings(),
    )
    return load_workbook(path)


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table(sheet: Worksheet, first_header: str) -> list[dict[str, object]]:
    """Return the rows below the header line, as header -> value."""
    lines = list(sheet.iter_rows(values_only=True))
    start = next(index for index, line in enumerate(lines) if line[0] == first_header)
    headers = lines[start]
    return [dict(zip(headers, line, strict=True)) for line in lines[start + 1 :]]


def added_rows(sheet: Worksheet) -> list[str]:
    return [number for row in table(sheet, "序号") if (number := str(row["序号"])).startswith("增")]


def passengers(sheet: Worksheet) -> list[dict[str, object]]:
    return [row for row in table(sheet, "序号") if isinstance(row["序号"], int)]


def test_three_kinds_of_paper_the_manifest_first(tmp_path: Path) -> None:
    book = write(tmp_path, make_riders(8))
    assert book.sheetnames[:2] == ["随车名单", "车门名单"]
    receipts = book.sheetnames[2:-1]
    assert [name for name in receipts if name.startswith("签收单 ")] == receipts
    assert book.sheetnames[-1] == "车长页"
    assert len(receipts) == 4  # three employers and one drop-off of people without any


def test_riders_stand_by_pickup_then_seat(tmp_path: Path) -> None:
    riders = make_riders(45)
    riders[0] = replace(riders[0], pickup_seq=2)
    seats = [row["座位"] for row in passengers(write(tmp_path, riders)["随车名单"])]
    assert seats[:2] == [2, 3]
    assert seats.index(1) > seats.index(24)


def test_every_rider_has_id_phone_employer_and_dropoff(tmp_path: Path) -> None:
    riders = make_riders(5)
    row = passengers(write(tmp_path, riders)["随车名单"])[0]
    first = riders[0]
    assert row["身份证号码"] == first.id_number
    assert row["联系电话"] == first.phone
    assert (row["务工企业"], row["下车点"]) == (first.employer, first.dropoff)


def test_a_child_has_a_row_and_counts_as_a_head(tmp_path: Path) -> None:
    sheet = write(tmp_path, make_riders(8))["随车名单"]
    (child,) = [row for row in passengers(sheet) if row["姓名"] == "(儿童)"]
    assert (child["座位"], child["特别照顾/备注"]) == (9, "随莫建国")
    assert "9 人(儿童 1)" in texts(sheet)
    stops = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert sum(int(line[-2]) for line in stops if "上客" in line) == 9
    assert [line[-1] for line in stops if "下客" in line][-1] == 0


def test_blank_rows_up_to_the_usable_seats(tmp_path: Path) -> None:
    riders = make_riders(5)
    sheet = write(tmp_path, riders, make_batch(riders, usable=8))["随车名单"]
    assert added_rows(sheet) == ["增1", "增2", "增3"]


def test_a_coach_that_is_nearly_empty_has_a_few_blank_rows_and_stands_on_one_sheet(tmp_path: Path) -> None:
    riders = make_riders(8)
    batch = make_batch(riders, usable=49)
    sheet = write(tmp_path, riders, batch)["随车名单"]
    assert added_rows(sheet) == ["增1", "增2", "增3", "增4", "增5"]
    assert sheets_of_the_ride_list(batch, riders, "zh") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_full_coach_takes_two_sheets(lang: Lang) -> None:
    names = {"pickup": "木格镇政府门口", "dropoff": "龙岗恒昌电子厂门口", "employer": "深圳市龙岗恒昌电子厂"}
    riders = [replace(make_rider(seat), **names) for seat in range(1, 50)]  # type: ignore[arg-type]
    assert sheets_of_the_ride_list(make_batch(riders), riders, lang) == 2


def sheets_of_the_ride_list(batch: Batch, riders: list[Rider], lang: Lang) -> int:
    """Return on how many sheets of A4 the list is drawn."""
    edition = Edition(lang, "a1b2c3d4e5f6", datetime(2021, 2, 22, 18, 5))
    there = at_stations(batch, riders, lang)
    page = ride_list(BatchEdition(there, edition, ManifestSettings(), ALL_DIRECT), riders, "list")
    return num_sheets(page, heights_of(page))


def test_special_care_reaches_the_manifest(tmp_path: Path) -> None:
    riders = [replace(rider, note="听障,龙岗下车提醒") for rider in make_riders(3)]
    assert passengers(write(tmp_path, riders)["随车名单"])[2]["特别照顾/备注"] == "听障,龙岗下车提醒"


def test_packs_are_counted_a_head(tmp_path: Path) -> None:
    assert "牛奶9  面包9  口罩18" in texts(write(tmp_path, make_riders(8))["随车名单"])


def test_two_drivers_on_a_long_way(tmp_path: Path) -> None:
    riders = make_riders(3)
    far = texts(write(tmp_path, riders, make_batch(riders, num_drivers=2))["随车名单"])
    near = texts(write(tmp_path, riders, make_batch(riders))["随车名单"])
    assert any(text.startswith("1.") and text.endswith("2.") for text in far)
    assert "1." in near


def test_rests_stand_among_the_stops(tmp_path: Path) -> None:
    riders = make_riders(3)
    hour = datetime(2021, 2, 23, 12, 50)
    rests = (Rest(2, hour, 20, "rest"), Rest(2, hour + timedelta(hours=13), 180, "standstill"))
    told = texts(write(tmp_path, riders, make_batch(riders, rests=rests))["随车名单"])
    lines = ["途中停车休息 20 分钟(服务区)", "途中停驶 180 分钟(凌晨长途客车停驶)"]
    assert [text for text in told if text in lines] == lines
    assert {"12:50", "次日01:50"} <= set(told)
    led = texts(write(tmp_path, riders, make_batch(riders, rests=rests))["车长页"])
    assert [text for text in led if text in lines] == lines
    assert {"12:50", "次日01:50"} <= set(led)


def test_notices_stand_on_the_manifest_with_the_column_that_they_ask_for(tmp_path: Path) -> None:
    riders = make_riders(3)
    batch = make_batch(riders, notices=("交运明电〔2020〕56号 客座率不超过 50%",), takes_temperature=True)
    told = texts(write(tmp_path, riders, batch)["随车名单"])
    assert {"交运明电〔2020〕56号 客座率不超过 50%", "体温"} <= set(told)
    assert "体温" not in texts(write(tmp_path, riders, make_batch(riders))["随车名单"])


def test_door_list_shows_no_full_name_phone_or_id(tmp_path: Path) -> None:
    riders = make_riders(8)
    shown = " ".join(texts(write(tmp_path, riders)["车门名单"]))
    for rider in riders:
        assert rider.name not in shown
        assert rider.phone not in shown
        assert rider.id_number not in shown
    assert "韦**" in shown
    assert riders[0].phone[-4:] in shown


def test_a_receipt_holds_only_its_own_people_with_masked_ids(tmp_path: Path) -> None:
    riders = make_riders(8)
    book = write(tmp_path, riders)
    own = [rider for rider in riders if rider.employer == "虎门兴达制衣厂"]
    sheet = book["签收单 虎门兴达制衣厂"]
    assert [row["姓名"] for row in passengers(sheet)] == [rider.name for rider in own]
    assert passengers(sheet)[0]["身份证号码"] == "450803********0016"
    assert not any(rider.id_number in texts(sheet) for rider in riders)


def test_the_receipt_of_people_without_an_employer_says_the_dropoff_once(tmp_path: Path) -> None:
    riders = [replace(make_rider(0), employer="")]
    (receipt,) = write(tmp_path, riders).worksheets[2:-1]
    shown = texts(receipt)
    assert shown.count(riders[0].dropoff) == shown.count("下车点") == 1
    assert "预计到达" in shown


def test_the_leaders_page_counts_heads_with_children_and_shows_no_number_of_a_rider(tmp_path: Path) -> None:
    riders = make_riders(30)
    shown = texts(write(tmp_path, riders)["车长页"])
    leaders = {rider.phone for rider in choose_leaders(riders, make_batch(riders).date)}
    assert not {rider.id_number for rider in riders} & set(shown)
    assert not any(rider.phone in text for rider in riders for text in shown if rider.phone not in leaders)
    assert {"上25", "上6"} <= set(shown)  # the child of the sixth rider boards at the first stop
    assert shown.count("(儿童)") == 1


def test_the_door_list_is_by_stop_then_seat(tmp_path: Path) -> None:
    riders = [replace(rider, seat=40 - rider.seat) for rider in make_riders(30)]
    rows = table(write(tmp_path, riders)["车门名单"], "上车点")
    seen = [(row["上车点"], row["座位"]) for row in rows if row["座位"]]
    assert seen == sorted(seen)
    assert {stop for stop, _ in seen} == {"08:00 港南区桥圩镇政府广场", "08:50 港南区木格镇客运站"}


def test_the_contact_of_an_employer_stands_where_its_people_are_handed_over(tmp_path: Path) -> None:
    riders = make_riders(8)
    batch = make_batch(riders)
    line = EmployerLine("虎门兴达制衣厂", "东莞市", "虎门", 0, 0, 2, None, None, None, "李先生 13900000000")
    (path,) = write_manifests(
        [batch],
        {batch.id: riders},
        tmp_path,
        Edition("zh", "a1", datetime(2021, 2, 22)),
        ManifestSettings(),
        employers=[line],
    )
    book = load_workbook(path)
    assert "李先生 13900000000" in texts(book["签收单 虎门兴达制衣厂"])
    assert "虎门兴达制衣厂 李先生 13900000000" in texts(book["随车名单"])
    assert "李先生 13900000000" not in str(texts(book["签收单 厚街永信家具有限公司"]))


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+86", "http://a.example", "{=1}", "123"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    riders = [replace(rider, note=text, employer=text, pickup=text) for rider in make_riders(3)]
    book = write(tmp_path, riders)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) >= 9
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_paper_is_a4_with_repeated_header_pages_version_and_run(tmp_path: Path) -> None:
    sheet = write(tmp_path, make_riders(8))["随车名单"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    header_row = next(cell.row for cell in sheet["A"] if cell.value == "序号")
    assert sheet.print_title_rows == f"${header_row}:${header_row}"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert "第1版" in sheet.oddHeader.center.text
    assert "2021-02-22 18:05 a1b2c3d4e5f6" in sheet.oddFooter.right.text
    assert "【此前各版作废】" not in texts(sheet)


def test_a_second_version_makes_the_first_void(tmp_path: Path) -> None:
    riders = make_riders(3)
    assert "【此前各版作废】" in texts(write(tmp_path, riders, make_batch(riders, version=2))["随车名单"])


def test_workbook_knows_its_batch_and_version(tmp_path: Path) -> None:
    riders = make_riders(3)
    names = write(tmp_path, riders, make_batch(riders, version=2)).defined_names
    assert names["returnplan_batch"].value == '"0223-03"'
    assert names["returnplan_version"].value == '"2"'


@pytest.mark.parametrize("audience", ["carrier", "employer"])
def test_others_get_no_id_numbers(tmp_path: Path, audience: str) -> None:
    settings = ManifestSettings(columns=Columns.model_validate({"audience": audience}))
    riders = make_riders(5)
    shown = texts(write(tmp_path, riders, settings=settings)["随车名单"])
    assert not {rider.id_number for rider in riders} & set(shown)


def test_a_carrier_reads_of_no_employer(tmp_path: Path) -> None:
    riders = make_riders(8)
    batch = make_batch(riders)
    line = EmployerLine("虎门兴达制衣厂", "东莞市", "", 0, 0, 3, None, None, None, "李先生 13900000000")
    settings = ManifestSettings(columns=Columns(audience="carrier"))
    edition = Edition("zh", "a1", datetime(2021, 2, 22))
    (path,) = write_manifests([batch], {batch.id: riders}, tmp_path, edition, settings, employers=[line])
    book = load_workbook(path)
    assert book.sheetnames == ["随车名单", "车门名单", "车长页"]
    assert "兴达" not in "".join(text for sheet in book for text in texts(sheet))


def test_a_copy_for_another_reader_puts_away_none_of_its_version(tmp_path: Path) -> None:
    riders = make_riders(3)

    def names(version: int, **columns: Any) -> list[str]:
        settings = ManifestSettings(columns=Columns(**columns))
        write(tmp_path, riders, make_batch(riders, version=version), settings=settings)
        return sorted(path.name for path in tmp_path.glob("*.xlsx"))

    own = "0223-港南-东莞-3号车-第{}版{}-内部资料.xlsx"
    assert names(1) == [own.format(1, "")]
    both = [own.format(1, ""), own.format(1, "-给承运单位")]
    assert names(1, audience="carrier") == sorted(both)
    assert names(2, audience="employer") == [own.format(2, "-给企业")]


def test_temperature_only_where_asked(tmp_path: Path) -> None:
    riders = make_riders(3)
    asked = ManifestSettings(columns=Columns(temperature=True))
    assert "体温" in texts(write(tmp_path, riders, settings=asked)["随车名单"])
    assert "体温" not in texts(write(tmp_path, riders)["随车名单"])


def test_english_has_no_chinese_labels(tmp_path: Path) -> None:
    rider = replace(
        make_riders(1)[0],
        name="Li",
        pickup="P",
        dropoff="D",
        employer="E",
        sex="M",
        county="",
        note="",
        post="",
    )
    batch = make_batch([rider], vehicle="49座大巴", city="D", cities=("D",))
    stops = tuple(replace(stop, place="X", city="Y") for stop in batch.stops)
    book = write(tmp_path, [rider], replace(batch, stops=stops), lang="en")
    shown = "".join(text for sheet in book for text in texts(sheet)) + "".join(book.sheetnames)
    assert not [char for char in shown if "\u4e00" <= char <= "\u9fff"]


def test_one_workbook_has_a_sheet_a_batch(tmp_path: Path) -> None:
    riders = make_riders(3)
    batches = [make_batch(riders, id=f"b{number}", number=number) for number in (3, 4)]
    (path,) = write_manifests(
        batches,
        {batch.id: riders for batch in batches},
        tmp_path,
        Edition("zh", "a1", datetime(2021, 2, 22)),
        ManifestSettings(),
        one_workbook=True,
    )
    assert path.name == "随车名单-0223-2车-内部资料.xlsx"
    assert load_workbook(path).sheetnames == ["0223-3号车", "0223-4号车"]


def test_progress_counts_workbooks(tmp_path: Path) -> None:
    riders = make_riders(3)
    batches = [make_batch(riders, id=f"b{number}", number=number) for number in (3, 4)]
    seen: list[tuple[int, int]] = []
    paths = write_manifests(
        batches,
        {batch.id: riders for batch in batches},
        tmp_path,
        Edition("zh", "a1", datetime(2021, 2, 22)),
        ManifestSettings(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]
    assert [path.name for path in paths] == [f"0223-港南-东莞-{n}号车-第1版-内部资料.xlsx" for n in (3, 4)]


def test_with_a_password_they_do_not_open_without(tmp_path: Path) -> None:
    riders = make_riders(3)
    batch = make_batch(riders)
    (path,) = write_manifests(
        [batch],
        {batch.id: riders},
        tmp_path,
        Edition("zh", "a1", datetime(2021, 2, 22), password="港南2021"),
        ManifestSettings(),
    )
    assert not path.read_bytes().startswith(b"PK")


def name_of(county: str, city: str = "东莞市", **changes: object) -> str:
    rider = make_rider(0, county=county)
    batch = make_batch([rider], city=city, cities=(city,), **changes)
    return batch_file(
        BatchEdition(batch, Edition("zh", "a1", datetime(2021, 2, 22)), ManifestSettings(), ALL_DIRECT),
        [rider],
    )


def test_day_county_city_coach_version() -> None:
    assert name_of("融水苗族自治县") == "0223-融水-东莞-3号车-第1版-内部资料.xlsx"


def test_no_character_that_windows_refuses() -> None:
    name = name_of('a<b>:"/\\|?*c')
    assert not set('<>:"/\\|?*') & set(name)


def test_the_next_morning_says_so() -> None:
    first = datetime(2021, 2, 23, 20).date()
    assert say_hour(datetime(2021, 2, 24, 5, 30), first, "zh") == "次日05:30"
    assert say_hour(datetime(2021, 2, 24, 5, 30), first, "en") == "05:30 (+1)"
    assert say_hour(datetime(2021, 2, 23, 21), first, "zh") == "21:00"


THIRD = replace(make_batch(make_riders(3)), date=date(2021, 2, 23), number=3)
OTHER = replace(THIRD, date=date(2021, 2, 24), number=1)


def put_away_beside(folder: Path, *running: Batch) -> str:
    """Return what is said once the second version of the third coach is written beside what was there."""
    for name in (
        "0223-港南-东莞-3号车-第1版-内部资料.xlsx",
        "0224-港南-深圳-1号车-第1版.xlsx",
        "我的笔记.xlsx",
    ):
        (folder / name).touch()
    new = folder / "0223-港南-东莞-3号车-第2版-内部资料.xlsx"
    new.touch()
    note = put_away(folder, [new], running)
    assert note is not None
    return note.zh


def test_an_earlier_version_of_a_list_is_put_away(tmp_path: Path) -> None:
    note = put_away_beside(tmp_path, THIRD, OTHER)
    assert note == f"1 个旧名单已移到 {tmp_path / '作废'}：0223-港南-东莞-3号车-第1版-内部资料.xlsx"
    assert [path.name for path in (tmp_path / "作废").iterdir()] == [
        "0223-港南-东莞-3号车-第1版-内部资料.xlsx"
    ]
    assert (tmp_path / "0224-港南-深圳-1号车-第1版.xlsx").exists()


def test_the_list_of_a_coach_that_the_plan_does_not_have_is_too(tmp_path: Path) -> None:
    note = put_away_beside(tmp_path, THIRD)
    assert "2 个旧名单" in note
    assert (tmp_path / "我的笔记.xlsx").exists()


def test_the_list_of_a_coach_that_leaves_from_another_county_now_is_an_earlier_version(
    tmp_path: Path,
) -> None:
    for name in ("0223-融水-东莞-3号车-第1版.xlsx", "0223-港南-东莞-3号D4508次-第1版.xlsx"):
        (tmp_path / name).touch()
    put_away_beside(tmp_path, THIRD, replace(OTHER, service="D4508", mode="train", number=3, date=THIRD.date))
    names = {path.name for path in (tmp_path / "作废").iterdir()}
    assert "0223-融水-东莞-3号车-第1版.xlsx" in names
    assert "0223-港南-东莞-3号D4508次-第1版.xlsx" not in names


def test_two_lists_of_one_name_both_stay_in_the_folder_of_old_ones(tmp_path: Path) -> None:
    put_away_beside(tmp_path, THIRD, OTHER)
    put_away_beside(tmp_path, THIRD, OTHER)
    assert len(list((tmp_path / "作废").iterdir())) == 2


def test_nothing_is_said_of_a_tidy_folder(tmp_path: Path) -> None:
    (tmp_path / "0223-港南-东莞-3号车-第2版-内部资料.xlsx").touch()
    assert put_away(tmp_path, list(tmp_path.iterdir()), [THIRD]) is None
    assert not (tmp_path / "作废").exists()


def test_the_list_of_a_train_with_two_numbers_stays(tmp_path: Path) -> None:
    """A file name has no slash: the list says K9412_K9413."""
    train = replace(OTHER, service="K9412/K9413", mode="train", number=2)
    name = "0224-柳州站-东莞-2号K9412_K9413次-第1版-内部资料.xlsx"
    (tmp_path / name).touch()
    put_away_beside(tmp_path, THIRD, OTHER, train)
    assert (tmp_path / name).exists()


def test_a_receipt_counts_the_children_who_get_off_with_the_people(tmp_path: Path) -> None:
    """They come to no work, but the coach's list counts them where they alight."""
    riders = [replace(rider, employer="甲厂" if rider.child_seats else "乙厂") for rider in make_riders(8)]
    book = write(tmp_path, riders)
    assert texts(book["签收单 甲厂"]).count("1 人(另随行儿童 1 人)") == 2
    assert "随行儿童" in texts(book["签收单 甲厂"])
    assert "7 人" in texts(book["签收单 乙厂"])
    assert "随行儿童" not in texts(book["签收单 乙厂"])
