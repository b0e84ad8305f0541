"""From files to the intake: what is accepted, what is rejected with which cell, what is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from returnplan.model.errors import InputRefused
from returnplan.model.intake import Intake
from returnplan.model.records import SignUp
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.sheets import files
from tests.specimens.sheets import Line, lines_of, save_csv, save_xlsx, signup_row

SETTINGS = ReadingSettings(year=2021)


def read(*paths: Path) -> Intake:
    return read_files(paths, SETTINGS)


def read_rows(folder: Path, *rows: dict[str, object]) -> Intake:
    return read(save_xlsx(folder / "报名.xlsx", 报名=lines_of(rows)))


def test_one_person(tmp_path: Path) -> None:
    intake = read_rows(tmp_path, signup_row(姓名="韦 丁", 备注="=1+1"))
    (person,) = intake.signups.to_dict("records")
    assert person["ref"] == "报名.xlsx!报名!2"
    assert (person["name"], person["city"], person["county"]) == ("韦丁", "东莞市", "融水县")
    assert person["earliest"] == pd.Timestamp(2021, 2, 18)
    assert person["note"] == "=1+1"
    assert person["rides"] is True
    assert pd.isna(person["named_date"])
    assert intake.faults == ()


def test_the_frame_has_the_fields_of_a_signup(tmp_path: Path) -> None:
    frame = read_rows(tmp_path, signup_row()).signups
    assert list(frame.columns) == list(SignUp.model_fields)
    assert frame["earliest"].dtype == np.dtype("datetime64[s]")
    assert frame["latest"].dtype == np.dtype("datetime64[s]")


def test_wishes_of_a_person(tmp_path: Path) -> None:
    row = signup_row(
        可接受城市="深圳、惠州",
        同行人="韦二，韦三",
        随行儿童="1人",
        是否脱贫户="√",
        监测对象="否",
        人员类别="易地搬迁",
        是否乘坐返岗专车="自驾",
        状态="取消",
        性别="",
    )
    (person,) = read_rows(tmp_path, row).signups.to_dict("records")
    assert person["acceptable_cities"] == ("深圳", "惠州")
    assert person["companions"] == ("韦二", "韦三")
    assert person["num_children"] == 1
    assert person["categories"] == ("易地搬迁", "脱贫户")
    assert person["rides"] is False
    assert person["cancelled"] is True
    assert person["sex"] in ("男", "女")


def without_dates(**cells: Any) -> dict[str, Any]:
    row = signup_row(**cells)
    del row["最早出发日期"], row["最晚出发日期"]
    return row


def test_one_named_day_and_a_span(tmp_path: Path) -> None:
    frame = read_rows(
        tmp_path, without_dates(出发日期="正月初七"), without_dates(出发日期="2月18日至20日")
    ).signups
    assert frame["named_date"].tolist() == [pd.Timestamp(2021, 2, 18), pd.NaT]
    assert frame["earliest"].tolist() == [pd.NaT, pd.Timestamp(2021, 2, 18)]
    assert frame["latest"].tolist() == [pd.NaT, pd.Timestamp(2021, 2, 20)]


@pytest.mark.parametrize(
    ("cells", "cell", "value", "code"),
    [
        ({"身份证号码": 4.50225198506070e17}, "B2", "4.5022519850607e+17", "id_damaged"),
        ({"身份证号码": "450225198506070018"}, "B2", "450225198506070018", "id_check_digit"),
        ({"身份证号码": None}, "B2", "", "missing_id_number"),
        ({"姓名": "　"}, "A2", "　", "missing_name"),
        ({"姓名": "无"}, "A2", "无", "missing_name"),
        ({"务工城市": None}, "G2", "", "missing_city"),
        ({"最早出发日期": "2月30日"}, "H2", "2月30日", "no_such_date"),
        ({"最早出发日期": date(2021, 2, 21)}, "I2", "2021-02-20", "dates_reversed"),
    ],
)
def test_a_bad_cell_rejects_its_row(
    cells: dict[str, object], cell: str, value: str, code: str, tmp_path: Path
) -> None:
    intake = read_rows(tmp_path, {**signup_row(), **cells}, signup_row(2))
    (fault,) = intake.faults
    assert (fault.cell, fault.value, fault.code, fault.severity) == (cell, value, code, "error")
    assert fault.signup == "报名.xlsx!报名!2"
    assert fault.message.zh
    assert fault.message.en
    assert fault.fix.zh
    assert [row.ref for row in intake.rejected] == ["报名.xlsx!报名!2"]
    assert intake.signups["ref"].tolist() == ["报名.xlsx!报名!3"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"联系电话": "12345"}, "phone_unclear"),
        ({"年龄": 60.0}, "age_mismatch"),
        ({"是否脱贫户": "不详"}, "not_yes_no"),
    ],
)
def test_a_doubtful_cell_is_a_warning(cells: dict[str, object], code: str, tmp_path: Path) -> None:
    intake = read_rows(tmp_path, {**signup_row(), **cells})
    assert [(fault.code, fault.severity) for fault in intake.faults] == [(code, "warning")]
    assert len(intake.signups) == 1


def test_the_sex_of_the_id_number_counts(tmp_path: Path) -> None:
    men_and_women = read_rows(tmp_path, signup_row(1, 性别="女"), signup_row(2, 性别="女"))
    assert men_and_women.signups["sex"].tolist() == ["男", "女"]
    assert [fault.cell for fault in men_and_women.faults] == ["J2"]


def test_a_line_that_names_nobody_is_reported(tmp_path: Path) -> None:
    intake = read_rows(tmp_path, signup_row(), {"户籍市": "柳州市", "务工城市": "东莞市"})
    assert [(fault.code, fault.severity, fault.signup is None) for fault in intake.faults] == [
        ("nobody", "warning", False)
    ]
    assert intake.rejected == ()
    assert intake.sheets[0].rows == 1


def test_villages_as_titles_between_their_people(tmp_path: Path) -> None:
    intake = read_rows(tmp_path, {"姓名": "永乐村"}, signup_row(), {"姓名": "大圩村民小组"}, signup_row(2))
    assert [(fault.code, fault.cell) for fault in intake.faults] == [("nobody", "A2"), ("nobody", "A4")]
    assert len(intake.signups) == 2


def test_a_name_alone_is_a_person(tmp_path: Path) -> None:
    intake = read_rows(tmp_path, {"姓名": "韦明月"}, signup_row())
    assert [row.name for row in intake.rejected] == ["韦明月"]


def test_several_kinds_in_a_workbook(tmp_path: Path) -> None:
    book = save_xlsx(
        tmp_path / "全部.xlsx",
        甲=lines_of([signup_row()]),
        乙=[
            ["企业名称", "所在市", "需求人数", "月薪", "年龄"],
            ["恒昌厂", "东莞市", "20-30人", "4000-6500元", "18-45岁"],
        ],
        丙=[["车型", "核载人数", "包车费(元/趟)"], ["大巴", 50, 3600]],
        丁=[["地点", "纬度", "经度", "所属市", "所属县"], ["融水汽车站", 25.06, 109.25, "柳州市", "融水县"]],
        戊=[["起点", "终点", "公里", "封闭日期"], ["融水汽车站", "长安", 560, "2月18日至20日"]],
        己=[["乡镇", "上车点"], ["永乐镇", "永乐客运站"]],
        庚=[["菜名", "价格"], ["米粉", 8]],
    )
    intake = read(book)
    kinds = [sheet.kind for sheet in intake.sheets]
    assert kinds == ["signups", "demand", "fleet", "places", "distances", "pickups", None]
    (demand,), (fleet,) = intake.demand, intake.fleet
    assert (demand.headcount, demand.wage_yuan, demand.min_age, demand.max_age) == (20, 4000, 18, 45)
    assert (fleet.seats, fleet.per_day) == (49, None)
    assert "驾驶员" in fleet.seats_note.zh
    assert fleet.seats_note.en.isascii()
    assert intake.places[0].owner == "柳州市融水县"
    assert (intake.distances[0].closed, intake.distances[0].closed_to) == (True, date(2021, 2, 20))
    assert intake.pickups[0].pickup == "永乐客运站"
    assert [fault.code for fault in intake.faults] == ["unknown_sheet"]


@pytest.mark.parametrize(
    ("header", "number", "seats"), [("乘客座位数", 49, 49), ("核载座位数", 49, 49), ("核载人数", 50, 49)]
)
def test_readings_of_seats(header: str, number: int, seats: int, tmp_path: Path) -> None:
    book = save_xlsx(tmp_path / "车.xlsx", 车=[["车型", header, "包车费"], ["大巴", number, 3600]])
    assert read(book).fleet[0].seats == seats


def test_a_train_has_no_driver_to_take_off(tmp_path: Path) -> None:
    lines: list[Line] = [["车型", "运输方式", "核载人数", "包车费"], ["D1", "专列", 600, 90000]]
    assert read(save_xlsx(tmp_path / "车.xlsx", 车=lines)).fleet[0].seats == 600


def test_vehicles_with_plates(tmp_path: Path) -> None:
    lines: list[Line] = [
        ["车型", "座位数", "包车费", "车牌号"],
        ["大巴", 49, 3600, "桂B12345"],
        ["大巴", "", 3600, "桂B12346"],
    ]
    intake = read(save_xlsx(tmp_path / "车.xlsx", 车=lines))
    assert [row.plate for row in intake.fleet] == ["桂B12345"]
    assert [(fault.code, fault.cell) for fault in intake.faults] == [("missing_seats", "B3")]


def test_a_driver_alone_is_no_vehicle(tmp_path: Path) -> None:
    lines: list[Line] = [["车型", "核载人数", "包车费"], ["摩托", 1, 20], ["大巴", "", 3600]]
    with_others = save_xlsx(tmp_path / "车.xlsx", 车=lines)
    assert [(f.code, f.cell) for f in read(with_others).faults] == [
        ("invalid_value", "B2"),
        ("missing_seats", "B3"),
    ]


def test_a_latitude_out_of_range_names_its_cell(tmp_path: Path) -> None:
    lines: list[Line] = [["地点", "纬度", "经度"], ["甲", 109.25, 25.06], ["乙", 25.06, 109.25]]
    intake = read(save_xlsx(tmp_path / "点.xlsx", 点=lines))
    assert [(fault.code, fault.cell) for fault in intake.faults] == [("invalid_value", "B2")]
    assert len(intake.places) == 1


def test_a_driving_time_is_read_in_minutes_and_has_to_suit_the_km(tmp_path: Path) -> None:
    """Seven hours that are written as 7 are seven minutes, for 491 km: the km count, at the usual speed."""
    header = ["起点", "终点", "公里", "用时"]
    rows: list[Line] = [["甲", "乙", 452, "5小时50分"], ["甲", "丙", 491, 7], ["乙", "丙", 40, None]]
    intake = read(save_xlsx(tmp_path / "里程.xlsx", 里程=[header, *rows], 报名=lines_of([signup_row()])))
    assert [(row.km, row.minutes) for row in intake.distances] == [(452, 350), (491, None), (40, None)]
    assert [(fault.code, fault.cell, fault.value) for fault in intake.faults] == [
        ("pace_impossible", "D3", "7")
    ]


def test_a_named_kind_is_not_recognised_but_obeyed(tmp_path: Path) -> None:
    people = save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([signup_row()]))
    both = save_xlsx(tmp_path / "两用.xlsx", 表=[["起点", "终点", "公里"], ["甲", "乙", 5]])
    intake = read_files([people], SETTINGS, explicit={"distances": [both]})
    assert len(intake.distances) == 1
    with pytest.raises(InputRefused):
        read_files([], SETTINGS, explicit={"fleet": [both]})


def test_merged_cells_titles_and_totals(tmp_path: Path) -> None:
    rows = lines_of([signup_row(1), {**signup_row(2), "务工城市": None}])
    lines: list[Line] = [["报名表"], [], *rows, ["合计", "2人"], ["填表人：韦一"]]
    intake = read(save_xlsx(tmp_path / "报名.xlsx", merged=["A1:I1", "G4:G5"], 报名=lines))
    assert intake.sheets[0].header_row == 3
    assert intake.signups["city"].tolist() == ["东莞市", "东莞市"]
    assert intake.faults == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_three_encodings(encoding: str, tmp_path: Path) -> None:
    row = {**signup_row(), "最早出发日期": "2021.2.18", "最晚出发日期": "44247"}
    intake = read(save_csv(tmp_path / "桥圩镇.csv", lines_of([row]), encoding))
    assert intake.signups["ref"].tolist() == ["桥圩镇.csv!桥圩镇!2"]
    assert intake.signups["latest"].tolist() == [pd.Timestamp(2021, 2, 20)]


def test_records_of_a_csv_are_counted_not_lines(tmp_path: Path) -> None:
    rows = lines_of([signup_row(备注="第一行\n第二行"), signup_row(2)])
    path = save_csv(tmp_path / "报名.csv", [rows[0], rows[1], [], rows[2]])
    assert [ref.rsplit("!")[-1] for ref in read(path).signups["ref"]] == ["2", "4"]


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    paths = []
    for serial, township in enumerate(("甲镇", "乙镇"), 1):
        (tmp_path / township).mkdir()
        paths.append(save_xlsx(tmp_path / township / "报名.xlsx", 表=lines_of([signup_row(serial)])))
    assert read(*paths).signups["ref"].tolist() == ["甲镇/报名.xlsx!表!2", "乙镇/报名.xlsx!表!2"]


def test_english_headers_set_the_language(tmp_path: Path) -> None:
    english = ["Name", "ID number", "City", "Earliest", "Latest"]
    row = signup_row()
    cells = [row["姓名"], row["身份证号码"], "Dongguan", "2021-02-18", "2021-02-20"]
    assert read(save_csv(tmp_path / "a.csv", [english, cells])).lang == "en"
    assert read_rows(tmp_path, row).lang == "zh"


def test_no_county_but_an_address(tmp_path: Path) -> None:
    row = signup_row(户籍地址="广西柳州市融水县永乐镇")
    del row["户籍市"], row["户籍县(市、区)"]
    assert read_rows(tmp_path, row).signups["county"].tolist() == ["广西柳州市融水县永乐镇"]


def test_a_list_without_people_is_read(tmp_path: Path) -> None:
    intake = read(save_xlsx(tmp_path / "空.xlsx", 表=lines_of([signup_row()])[:1]))
    assert len(intake.signups) == 0
    assert list(intake.signups.columns) == list(SignUp.model_fields)


def test_inputs_carry_hash_and_rows(tmp_path: Path) -> None:
    (source,) = read_rows(tmp_path, signup_row(), signup_row(2)).inputs
    assert (source.rows, len(source.sha256)) == (2, 64)


def test_nothing_recognised_is_refused_with_file_and_mend(tmp_path: Path) -> None:
    menu = save_xlsx(tmp_path / "菜单.xlsx", 表=[["菜名", "价格"], ["米粉", 8]])
    with pytest.raises(InputRefused) as caught:
        read(menu)
    for words in caught.value.message:
        assert "菜单.xlsx" in words
        assert "\n" not in words
        assert "headers --learn" in words


def test_the_refusal_of_all_sheets_says_first_what_keeps_them_from_being_read(tmp_path: Path) -> None:
    row = signup_row()
    names = ["姓名", "身份证号码", "联系电话", "上车地点"]
    titled = [["发车日期：2021年2月13日 乘车人员花名册"], names, [row[name] for name in names]]
    with pytest.raises(InputRefused) as caught:
        read(save_xlsx(tmp_path / "花名册.xlsx", 表=titled))
    assert "缺少“务工城市”列" in caught.value.message.zh


def test_a_look_at_sheets_that_cannot_be_read_says_all_of_them(tmp_path: Path) -> None:
    save_xlsx(tmp_path / "菜单.xlsx", 表=[["菜名", "价格"], ["米粉", 8]])
    heads: list[list[str | int]] = [["门牌号", "户主姓名", "联系方式", "返乡人员数量"]]
    heads += [[i, name, f"1380000000{i}", 2] for i, name in enumerate(("韦家旺", "覃金莲", "黄德胜"), 1)]
    save_xlsx(tmp_path / "名单.xlsx", 一=heads)
    intake = read_files([tmp_path], ReadingSettings(year=2021), is_look=True)
    assert [(sheet.file, sheet.not_read) for sheet in intake.sheets] == [("名单.xlsx", 3), ("菜单.xlsx", 0)]
    assert {fault.file for fault in intake.faults} == {"名单.xlsx", "菜单.xlsx"}
    (why,) = intake.refused
    assert "没有可读的表" in why.zh


def test_people_of_a_sheet_without_a_needed_column_do_not_vanish(tmp_path: Path) -> None:
    lines: list[Line] = [
        ["姓名", "身份证号码", "联系电话"],
        *([row["姓名"], row["身份证号码"], ""] for row in map(signup_row, (1, 2))),
    ]
    whole = save_xlsx(tmp_path / "甲.xlsx", 表=lines_of([signup_row(3)]))
    lacking = save_xlsx(tmp_path / "乙.xlsx", 表=lines)
    intake = read(whole, lacking)
    assert [row.ref for row in intake.rejected] == ["乙.xlsx!表!2", "乙.xlsx!表!3"]
    assert [(f.code, f.signup) for f in intake.faults] == [
        ("missing_column", None),
        ("missing_city", "乙.xlsx!表!2"),
        ("missing_city", "乙.xlsx!表!3"),
    ]
    with pytest.raises(InputRefused, match="column"):
        read(lacking)


def test_a_locked_file_of_a_folder_is_a_fault_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_xlsx(tmp_path / "甲.xlsx", 表=lines_of([signup_row()]))
    save_xlsx(tmp_path / "乙.xlsx", 表=lines_of([signup_row(2)]))
    monkeypatch.setattr(files, "_is_locked", lambda file: file.name == "甲.xlsx")
    intake = read(tmp_path)
    assert [(fault.code, fault.file) for fault in intake.faults] == [("file_locked", "甲.xlsx")]
    assert len(intake.signups) == 1


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([signup_row()]))
    seen: list[tuple[int, int]] = []
    read_files([path], SETTINGS, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


def test_when_a_form_was_submitted(tmp_path: Path) -> None:
    intake = read_rows(
        tmp_path,
        signup_row(1, 提交时间="2021/2/10 12:00:00"),
        signup_row(2, 提交时间="昨天"),
        signup_row(3),
    )
    assert intake.signups["submitted"].dtype == np.dtype("datetime64[s]")
    assert intake.signups["submitted"].tolist() == [pd.Timestamp(2021, 2, 10, 12), pd.NaT, pd.NaT]
    assert [(fault.code, fault.cell, fault.severity) for fault in intake.faults] == [
        ("moment_unclear", "J3", "warning")
    ]


def test_what_stands_in_brackets_beside_a_name_is_kept(tmp_path: Path) -> None:
    intake = read_rows(
        tmp_path,
        signup_row(1, 姓名="1. 韦一（晕车）", 备注="带药"),
        signup_row(2, 姓名="2、韦二（已报名）", 备注=""),
        signup_row(3, 姓名="韦三（不去了）", 备注=""),
        signup_row(4, 姓名="4、韦四", 身份证号码=""),
    )
    people = intake.signups
    assert people["name"].tolist() == ["韦一", "韦二", "韦三"]
    assert people["note"].tolist() == ["带药；晕车", "", "不去了"]
    assert people["cancelled"].tolist() == [False, False, True]
    assert [row.name for row in intake.rejected] == ["韦四"]


def test_an_example_is_named_and_nobody(tmp_path: Path) -> None:
    intake = read_rows(tmp_path, signup_row(1, 姓名="例：张三"), signup_row(2))
    assert intake.signups["name"].tolist() == [signup_row(2)["姓名"]]
    (fault,) = intake.faults
    assert (fault.cell, fault.code, fault.severity) == ("A2", "nobody", "warning")
    assert "示例" in fault.message.zh


def test_titles_and_folders_of_lists_of_people_are_kept(tmp_path: Path) -> None:
    (tmp_path / "大安镇").mkdir()
    lines = [["平南县大安镇返岗人员花名册"], *lines_of([signup_row()])]
    intake = read(save_xlsx(tmp_path / "大安镇" / "a.xlsx", 报名=lines))
    assert intake.titles == {("a.xlsx", "报名"): (("平南县大安镇返岗人员花名册",), ("大安镇",))}
