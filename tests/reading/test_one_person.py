"""A form of one person is told from a list, however short the list is."""

from returnplan.reading.names import Names
from returnplan.reading.one_person import is_form_of_one_person
from returnplan.reading.sheet import layouts, read_sheet
from tests.specimens.sheets import Line, lines_of, signup_row, table_of

ROW = signup_row()
FORM: list[Line] = [
    ["“点对点”务工免费专车乘车审批表", "", "", ""],
    ["姓名", ROW["姓名"], "性别", "男"],
    ["身份证号", ROW["身份证号码"], "联系电话", ROW["联系电话"]],
    ["家庭住址", "马路镇六新村", "务工单位", "东莞新达电子有限公司"],
    ["目的地", "东莞市长安镇", "乘车日期", "2月12日"],
    ["村委意见", "情况属实（盖章）", "", ""],
]


def test_a_form_of_one_person_is_named_and_the_person_counts() -> None:
    outcome = read_sheet(table_of(FORM), layouts(2027), Names({}), 2027)
    assert [(fault.code, fault.severity) for fault in outcome.faults] == [("form_of_one_person", "error")]
    assert outcome.report.not_read == 1
    assert "一人一行" in outcome.faults[0].fix.zh


def test_a_blank_form_is_one_too_and_a_list_is_none() -> None:
    blank: list[Line] = [[words if i % 2 == 0 else "请填写" for i, words in enumerate(line)] for line in FORM]
    assert is_form_of_one_person(table_of(blank), Names({}))
    rows = [{**ROW, "鞋码": 42, "民族": "壮族"}]
    del rows[0]["务工城市"], rows[0]["身份证号码"]
    assert not is_form_of_one_person(table_of(lines_of(rows)), Names({}))
    assert not is_form_of_one_person(table_of(lines_of([signup_row(1), signup_row(2)])), Names({}))
