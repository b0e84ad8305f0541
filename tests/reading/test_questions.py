"""Exports of form services, each in the shape of its own: what they add is known, what they ask is read."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from returnplan.reading.names import Names
from returnplan.reading.questions import KNOWN, asked
from returnplan.reading.sheet import SheetOutcome, layouts, read_sheet
from returnplan.reading.signups import SignUps
from tests.specimens.coach import id_number
from tests.specimens.sheets import Line, table_of

NUMBER = id_number("450225", date(1985, 6, 7), 1)
NOON = pd.Timestamp(2021, 2, 10, 12)

EXPORTS: dict[str, tuple[Sequence[str], Sequence[Any]]] = {
    "问卷星, 按文本": (
        (
            "序号",
            "提交答卷时间",
            "所用时间",
            "来源",
            "来源详情",
            "来自IP",
            "1、您的姓名：",
            "2、您的身份证号码：",
            "3、您要去哪个城市务工？",
            "4、您是否为脱贫户？",
            "5、同行人姓名（没有填无）",
        ),
        (
            1.0,
            "2021/2/10 12:00:00",
            "85秒",
            "微信",
            "N/A",
            "113.12.4.5(广西-柳州)",
            "韦一",
            NUMBER,
            "东莞市",
            "是",
            "无",
        ),
    ),
    "问卷星, 按分数": (
        (
            "序号",
            "提交答卷时间",
            "所用时间",
            "来源",
            "来源详情",
            "来自IP",
            "总分",
            "1、姓名",
            "2、身份证号码",
            "3、务工城市",
        ),
        (
            1.0,
            "2021/2/10 12:00:00",
            "85秒",
            "手机提交",
            "直接访问",
            "113.12.4.5(广西-柳州)",
            0.0,
            "韦一",
            NUMBER,
            "东莞市",
        ),
    ),
    "问卷星, SPSS": (
        ("序号", "提交答卷时间", "Q1_姓名", "Q2_身份证号码", "Q3_务工城市"),
        (1.0, "2021/2/10 12:00:00", "韦一", NUMBER, "东莞市"),
    ),
    "腾讯文档收集表": (
        ("提交时间（自动）", "姓名（必填）", "身份证号（必填）", "务工城市（必填）", "提交者（自动）"),
        ("2021年2月10日 12:00", "韦一", NUMBER, "东莞市", "微信用户"),
    ),
    "腾讯问卷": (
        (
            "编号",
            "开始答题时间",
            "结束答题时间",
            "答题时长",
            "语言",
            "清洗数据结果",
            "地理位置国家和地区",
            "地理位置省",
            "地理位置市",
            "IP",
            "UA",
            "Referrer",
            "1.姓名",
            "2.身份证号",
            "3.务工城市",
        ),
        (
            1.0,
            "2021-02-10 11:59:00",
            "2021-02-10 12:00:00",
            "60",
            "简体中文",
            "",
            "中国",
            "广西",
            "柳州",
            "1.2.3.4",
            "",
            "",
            "韦一",
            NUMBER,
            "东莞市",
        ),
    ),
    "金数据": (
        (
            "序号",
            "姓名",
            "身份证号",
            "务工城市",
            "提交人",
            "提交时间",
            "更新时间",
            "微信昵称",
            "微信OpenID",
            "填写设备",
            "操作系统",
            "浏览器",
            "填写地区",
            "IP",
            "来源渠道",
            "状态",
        ),
        (
            1.0,
            "韦一",
            NUMBER,
            "东莞市",
            "",
            "2021-02-10 12:00:00",
            "2021-02-11 08:00:00",
            "小韦",
            "oX1",
            "手机",
            "Android",
            "微信",
            "广西柳州",
            "1.2.3.4",
            "",
            "有效",
        ),
    ),
    "飞书": (
        ("您的姓名", "您的身份证号", "务工城市", "提交人", "提交时间", "创建时间", "最后更新时间"),
        ("韦一", NUMBER, "东莞市", "匿名", "2021/02/10 12:00", "2021/02/10 12:00", "2021/02/10 12:00"),
    ),
    "钉钉审批": (
        (
            "审批编号",
            "标题",
            "审批状态",
            "审批结果",
            "发起时间",
            "完成时间",
            "发起人工号",
            "发起人姓名",
            "发起人部门",
            "姓名",
            "身份证号",
            "务工城市",
        ),
        (
            "202102101200",
            "韦一提交的返岗登记",
            "已完成",
            "同意",
            "2021-02-10 12:00:00",
            "2021-02-10 12:30:00",
            "01",
            "韦一",
            "桥圩镇",
            "韦一",
            NUMBER,
            "东莞市",
        ),
    ),
    "企业微信收集表": (
        ("填写人", "填写时间", "所在部门", "姓名*", "身份证号*", "务工城市*", "填写状态"),
        ("韦一", "2021/2/10 12:00", "桥圩镇", "韦一", NUMBER, "东莞市", "已提交"),
    ),
    "Microsoft Forms, 中文": (
        ("ID", "开始时间", "完成时间", "电子邮件", "名称", "您的姓名", "身份证号码", "务工城市"),
        (
            1.0,
            datetime(2021, 2, 10, 11, 59),
            datetime(2021, 2, 10, 12),
            "anonymous",
            "",
            "韦一",
            NUMBER,
            "东莞市",
        ),
    ),
    "Microsoft Forms": (
        (
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Last modified time",
            "Full name",
            "ID number",
            "What is your destination city?",
        ),
        (
            1.0,
            datetime(2021, 2, 10, 11, 59),
            datetime(2021, 2, 10, 12),
            "anonymous",
            "",
            "",
            "韦一",
            NUMBER,
            "东莞市",
        ),
    ),
    "Microsoft Forms, with accounts": (
        ("ID", "Start time", "Completion time", "Email", "Name", "ID number", "Destination city"),
        (
            1.0,
            datetime(2021, 2, 10, 11, 59),
            datetime(2021, 2, 10, 12),
            "w1@example.org",
            "韦一",
            NUMBER,
            "东莞市",
        ),
    ),
    "Google Forms": (
        ("Timestamp", "Email Address", "What is your name?", "Your ID number", "Destination city", "Score"),
        (datetime(2021, 2, 10, 12), "w1@example.org", "韦一", NUMBER, "东莞市", ""),
    ),
    "Google 表单": (
        ("时间戳记", "电子邮件地址", "您的姓名", "您的身份证号码", "您的务工城市"),
        ("2021/2/10 下午 12:00:00", "w1@example.org", "韦一", NUMBER, "东莞市"),
    ),
    "接龙管家": (
        ("接龙序号", "接龙昵称", "接龙时间", "姓名", "身份证号", "务工城市"),
        (1.0, "小韦", "2021-02-10 12:00", "韦一", NUMBER, "东莞市"),
    ),
}


def read(lines: Sequence[Line]) -> SheetOutcome:
    return read_sheet(table_of(lines), layouts(2021), Names({}), 2021)


@pytest.mark.parametrize("service", EXPORTS)
def test_an_export_is_read_without_a_word(service: str) -> None:
    outcome = read(EXPORTS[service])
    assert isinstance(outcome.content, SignUps)
    (person,) = outcome.content.frame.to_dict("records")
    assert (person["name"], person["id_number"], person["city"]) == ("韦一", NUMBER, "东莞市")
    assert person["submitted"] in (NOON, pd.Timestamp(2021, 2, 10, 12, 30))
    assert [fault.value for fault in outcome.faults if fault.code != "unknown_column"] == []
    assert [fault.value for fault in outcome.faults] == (["标题"] if service == "钉钉审批" else [])


def test_the_answers_of_a_form() -> None:
    outcome = read(EXPORTS["问卷星, 按文本"])
    assert isinstance(outcome.content, SignUps)
    (person,) = outcome.content.frame.to_dict("records")
    assert person["categories"] == ("脱贫户",)
    assert person["companions"] == ()


def test_the_best_time_of_submission_counts() -> None:
    fields = Names({}).fields("signups", [("创建时间",), ("提交时间",), ("完成时间",)])
    assert fields == ["_known", "submitted", "_known"]
    assert Names({}).fields("signups", [("创建时间",), ("完成时间",)]) == ["submitted", "_known"]


def test_a_strange_column_beside_a_time_of_submission_stays_strange() -> None:
    assert Names({}).fields("signups", [("鞋码",), ("提交时间",)]) == [None, "submitted"]


def test_an_id_column_elsewhere_is_the_id_number() -> None:
    assert Names({}).fields("signups", [("Name",), ("ID",)]) == ["name", "id_number"]


@pytest.mark.parametrize(
    ("status", "code", "cancelled"),
    [
        ("已提交", None, [False]),
        ("正常", None, [False]),
        ("取消", None, [True]),
        ("第二批", "status_unknown", [False]),
        ("要退票", "not_yes_no", []),
    ],
)
def test_the_status_of_a_form(status: str, code: str | None, cancelled: list[bool]) -> None:
    outcome = read([("姓名", "身份证号", "务工城市", "状态"), ("韦一", NUMBER, "东莞市", status)])
    assert isinstance(outcome.content, SignUps)
    assert outcome.content.frame["cancelled"].tolist() == cancelled
    assert [fault.code for fault in outcome.faults] == ([code] if code else [])


@pytest.mark.parametrize(
    "long", [" " * 30_000 + "x", "\n" * 30_000 + "?", "* " * 15_000 + "x", "1 " * 15_000]
)
def test_a_cell_full_of_spaces_and_marks_is_soon_read(long: str) -> None:
    """One of the patterns took the third power of the time: a sheet with such a cell never ended."""
    assert len(asked(long)) < 500
    assert len(asked(f"姓名{long}")) < 500
    assert Names({}).field("signups", [long]) in (None, KNOWN)
