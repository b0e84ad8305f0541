"""Cells with one of a few words: yes and no, the sexes, kinds of transport."""

import re
from collections.abc import Mapping
from typing import Any

from returnplan.model.faults import Severity
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, Parser, clean, is_left_open, several, without_option
from returnplan.sheets.tables import Cell

_YES = (
    "是",
    "是的",
    "有",
    "√",
    "✓",
    "✔",
    "☑",
    "✅",
    "v",
    "y",
    "yes",
    "true",
    "1",
    "对",
    "需要",
    "要",
    "愿意",
    "同意",
)
_NO = (
    *("否", "不是", "无", "没有", "×", "✗", "✘", "❌", "x", "n", "no", "false", "0"),
    *("不", "不需要", "不要", "非", "不愿意", "不同意"),
)
_SIGN_AND_WORD = re.compile(r"^([√✓✔☑✅×✗✘❌╳])\s*[(,;:]?([^、]+?)\)?$")
_MEN = ("男", "男性", "男士", "男生", "先生", "1", "m", "male")
_WOMEN = ("女", "女性", "女士", "女生", "2", "f", "female")
_EITHER = ("不限", "男女不限", "男女", "男女均可", "均可", "any")


def one_of(words: Mapping[str, Any], finding: Finding) -> Parser:
    """Return a parser that maps the keys of ``words`` (lower case) and raises ``finding`` for other words.

    A word that means nothing is read as "" unless it is a key, and so are boxes none of which is ticked; several
    answers (是┋脱贫户) must agree.
    """

    def parse(cell: Cell) -> Any:
        word = clean(cell)
        word = "" if is_left_open(word) else without_option(word).lower()
        if word in words:
            return words[word]
        answers = several(word) or ("",)
        if not all(answer in words for answer in answers):
            raise CellError(finding)
        first, *others = (words[answer] for answer in answers)
        if any(other != first for other in others):
            raise CellError(finding)
        return first

    return parse


def yes_no(
    zh: str,
    en: str,
    *,
    blank: bool | None = False,
    yes: tuple[str, ...] = (),
    no: tuple[str, ...] = (),
    severity: Severity = "error",
) -> Parser:
    """Return a parser of a yes/no cell; ``yes`` and ``no`` are additional words for this column."""
    return one_of(
        _answers(yes, no, blank),
        Finding(
            "not_yes_no",
            Text(f"“{zh}”看不出是还是否", f"'{en}' says neither yes nor no"),
            Text("请填“是”或“否”", "write 是 (yes) or 否 (no)"),
            severity,
            blank,
        ),
    )


def tick_or_cross(column: Text, *, yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> Parser:
    """Return a parser of a column in which a paper asks for √ or ×; a blank cell is None.

    A sign with a word beside it counts if both say the same (×没来).
    """
    read = one_of(
        _answers(yes, no, None),
        Finding(
            "not_yes_no",
            Text(
                f"“{column.zh}”栏看不出是√还是×,没有登记", f"neither √ nor × under '{column.en}'; not entered"
            ),
            Text("请改成√或×再读一次", "write √ or × and read it again"),
        ),
    )

    return lambda cell: read(_SIGN_AND_WORD.sub(r"\1、\2", clean(cell)))


def _answers(yes: tuple[str, ...], no: tuple[str, ...], blank: bool | None) -> dict[str, bool | None]:
    return {**dict.fromkeys((*_YES, *yes), True), **dict.fromkeys((*_NO, *no), False), "": blank}


sex = one_of(
    {
        **dict.fromkeys(_MEN, "男"),
        **dict.fromkeys(_WOMEN, "女"),
        **dict.fromkeys(("", *_EITHER), None),
    },
    Finding(
        "sex_unclear",
        Text("性别看不懂，按未填处理", "the sex cannot be read; taken as empty"),
        Text("请填“男”或“女”", "write 男 or 女"),
        "warning",
    ),
)

mode = one_of(
    {
        **dict.fromkeys(("", "汽车", "大巴", "客车", "中巴", "大客车", "包车", "coach", "bus"), "coach"),
        **dict.fromkeys(("专列", "火车", "列车", "动车", "高铁", "train"), "train"),
    },
    Finding(
        "mode_unknown",
        Text("不认识的运输方式", "an unknown kind of transport"),
        Text("请填“汽车”；专列请写在“铁路”表", "write 汽车 (coach); a train belongs on the rail sheet"),
    ),
)

use = one_of(
    {
        **dict.fromkeys(("", "不限", "都可", "均可", "any"), None),
        **dict.fromkeys(("直达", "直达车", "包车", "direct"), "direct"),
        **dict.fromkeys(("接驳", "接驳车", "短驳", "摆渡", "transfer", "feeder", "shuttle"), "transfer"),
    },
    Finding(
        "use_unknown",
        Text("不认识的用途", "an unknown use"),
        Text("请填“直达”“接驳”或留空", "write 直达 (direct), 接驳 (feeders and shuttles) or nothing"),
    ),
)

shuttle = one_of(
    {
        "": "",
        **dict.fromkeys((*_YES, "接驳", "需接驳"), "yes"),
        **dict.fromkeys((*_NO, "自行前往", "自行", "厂车接", "企业接", "不接驳"), "no"),
    },
    Finding(
        "shuttle_unclear",
        Text("看不懂是否需要接驳，按需要处理", "whether a shuttle is needed cannot be read; taken as yes"),
        Text("请填“是”或“否”", "write 是 (yes) or 否 (no)"),
        "warning",
    ),
)

side = one_of(
    {
        "": None,
        **dict.fromkeys(("来源地", "出发地", "户籍地", "输出地", "origin"), "origin"),
        **dict.fromkeys(("目的地", "到达地", "务工地", "输入地", "destination"), "destination"),
    },
    Finding(
        "side_unknown",
        Text("不认识的所在端", "an unknown side"),
        Text("请填“来源地”“目的地”或留空", "write 来源地 (origin), 目的地 (destination) or nothing"),
    ),
)

product = one_of(
    {
        "": None,
        **dict.fromkeys(("专列", "包列", "整列", "train", "whole train"), "train"),
        **dict.fromkeys(("包车厢", "车厢", "包座", "包厢", "carriage", "carriages"), "carriage"),
        **dict.fromkeys(("团体票", "务工团体票", "团体", "散座", "group", "group ticket"), "group"),
    },
    Finding(
        "product_unknown",
        Text("不认识的铁路产品", "an unknown kind of rail product"),
        Text("请填“专列”“包车厢”或“团体票”", "write 专列 (train), 包车厢 (carriage) or 团体票 (group)"),
    ),
)
