"""Parse cells: a parser takes one cell and returns its value, or raises a finding about it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from returnplan.model.faults import Severity
from returnplan.model.texts import NO_TEXT, Text, num_units, shortened
from returnplan.sheets.tables import Cell, cell_text

Parser = Callable[[Cell], Any]
"""Returns the value of a cell; raises :class:`CellError`."""

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_CHINESE = "\u2e80-\u9fff\uff00-\uffef"
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")
_AS_FORMULA = re.compile(r'=\s*"([^"]*)"')  # how an export keeps Excel from reading a number: ="450221…"
_SPACES = re.compile(r"(\s)\s+")
_SHOWN_UNITS = 200
_QUOTES = "'\u2018\u2019`"
_NOTHING = frozenset(
    (
        *("", "无", "没有", "暂无", "未填", "未填写", "(空)", "(跳过)"),
        *("/", "//", "\\", "-", "--", "—", "——", "n/a", "none", "null", "nan"),
    )
)
"""Words that mean nothing; a form service writes (空) for no answer and (跳过) for a skipped question."""

_UNDECIDED = re.compile(
    r"(?:时间|日期|行程|地点|城市|去向|目的地|地方|具体)*(?:目前|暂时|暂|还|尚|现在)*"
    r"(?:待[定商]|待(?:确定|落实)|[未没]有?(?:确?定|想好|决定|落实)(?:好|下来)?|不(?:确定|清楚|知道|一定)|不定|未知|看情况|"
    r"(?:到时)?再说|[?]+)"
)

_NO_REMARK = re.compile(
    r"否|不是|不需要|没有了|[以上]*都?(?:无|没有)(?:其他|特殊|任何)*(?:要求|需求|情况|说明|备注)?|以上都不是"
)

_BOX, _TICK = "□☐", "☑☒✅√✓✔■"
_MARK, _WORDS, _BETWEEN = f"[{_BOX}{_TICK}]", rf"[^\s、,;{_BOX}{_TICK}][^{_BOX}{_TICK}]*", r"[\s、,;]*"
_MARK_IN_BRACKETS = re.compile(rf"[(\[]\s*({_MARK})\s*[)\]]")
_BOX_BEFORE = re.compile(rf"({_MARK}){_BETWEEN}({_WORDS})")
_BOX_BEHIND = re.compile(rf"{_BETWEEN}({_WORDS})({_MARK})")
_BOXES = re.compile(f"(?:{_MARK}{_BETWEEN}{_WORDS}){{2,}}|(?:{_BETWEEN}{_WORDS}{_MARK}){{2,}}")
_OPTION = re.compile(r"[A-Za-z\d]\s*[.、:)]\s*(?=[√✓✔×\u4e00-\u9fff])")

SEVERAL = re.compile(r"[┋、,，;；/|+＋]+|(?<![A-Za-z][.、:)])\s+")
"""The separators between several answers in one cell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell; after a warning the row is kept, with ``value`` as the value of the cell."""

    code: str
    message: Text
    fix: Text = NO_TEXT
    severity: Severity = "error"
    value: Any = None


class CellError(Exception):
    """Raised by a parser for a cell with a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def clean(cell: Cell) -> str:
    """Return a cell as one line of text: half-width, without apostrophes, stray spaces and invisible marks.

    Spaces between Chinese characters are removed (张 三); between Latin words one space is kept.
    """
    text = cell if isinstance(cell, str) else cell_text(cell)
    if text.isalnum() and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text  # most are: letters and digits alone, nothing to tidy
    text = unicodedata.normalize("NFKC", text)
    if told := _AS_FORMULA.fullmatch(text.strip()):
        text = told[1]
    text = _INVISIBLE.sub(" ", text).strip().strip(_QUOTES).strip()
    return _SPACE_IN_CHINESE.sub("", text)


def is_blank(cell: Cell) -> bool:
    """Return whether a cell is blank."""
    return isinstance(cell, str) and not cell.isalnum() and clean(cell) == ""


def text(cell: Cell) -> str:
    """Return the text of a cell, "" for words that mean nothing (无, /), without the letter of an option (A.东莞)."""
    words = without_option(clean(cell))
    return "" if words.lower() in _NOTHING else words


def is_undecided(words: str) -> bool:
    """Return whether words say that nothing is decided yet (待定, 时间未定, 看情况)."""
    return _UNDECIDED.fullmatch(words) is not None


def without_option(words: str) -> str:
    """Return the answer of a form without the letter of its option (A.是 is 是), and of boxes the ticked ones."""
    if chosen := _ticked(words):
        return chosen
    option = _OPTION.match(words)
    return words[option.end() :] if option else words


def is_left_open(words: str) -> bool:
    """Return whether words are options with boxes none of which is ticked (□是 □否)."""
    return _ticked(words) == ""


def _ticked(words: str) -> str | None:
    """Return the options whose boxes are ticked: of ☑是 □否, and of 是☑ 否□, it is 是; "" if none is.

    Of words that are not options alone, each with its box, it is None: □ also stands for a letter that an export
    does not know (黄□, 东莞□展电子厂).
    """
    if not any(box in words for box in _BOX):
        return None
    marked = _MARK_IN_BRACKETS.sub(r"\1", words)
    if not _BOXES.fullmatch(marked):
        return None
    if marked[0] in _BOX + _TICK:
        options = _BOX_BEFORE.findall(marked)
    else:
        options = [(mark, option) for option, mark in _BOX_BEHIND.findall(marked)]
    return "、".join(option.rstrip(" 、,;") for mark, option in options if mark in _TICK)


def remark(cell: Cell) -> str:
    """Return the text of a cell without spaces at its ends, "" for one that says nothing (无, (空), 否, 没有要求)."""
    return "" if not text(cell) or _NO_REMARK.fullmatch(clean(cell)) else cell_text(cell).strip()


def several(cell: Cell) -> tuple[str, ...]:
    """Return the parts of a list in one cell (张三、李四; 脱贫户┋监测对象); a wrapped word (易地⏎搬迁) is one."""
    parts = map(without_option, SEVERAL.split(text(cell)))
    return tuple(dict.fromkeys(part for part in parts if part))


def lines_of_cell(cell: Cell) -> tuple[str, ...]:
    """Return the lines of a cell that say something; boxes are one line, however many they stand in."""
    if chosen := _ticked(clean(cell)):
        return (chosen,)
    lines = map(text, cell.splitlines()) if isinstance(cell, str) else (text(cell),)
    return tuple(line for line in lines if line)


def missing(code: str, zh: str, en: str) -> Finding:
    """Return that a cell is empty; ``zh`` and ``en`` name what should stand in it."""
    return Finding(code, Text(f"没有填写{zh}", f"{en} is missing"), Text(f"请补填{zh}", f"fill in {en}"))


def required(parse: Parser, code: str, zh: str, en: str) -> Parser:
    """Return a parser like ``parse`` that refuses an empty cell; ``zh`` and ``en`` name the content."""
    untold = missing(code, zh, en)

    def parse_present(cell: Cell) -> Any:
        try:
            value = None if is_blank(cell) else parse(cell)
        except CellError as error:
            if error.finding.severity == "error" or error.finding.value not in (None, ""):
                raise
            value = None  # 面议 leaves it open
        if value is None or value == "":  # 无 and / say nothing either
            raise CellError(untold)
        return value

    return parse_present


def shown(cell: Cell) -> str:
    """Return a cell for a quotation: its text, or the beginning of a long text."""
    return shortened(cell_text(cell), _SHOWN_UNITS)


def limited(parse: Parser, most_units: int, *, needed: bool) -> Parser:
    """Return a parser like ``parse`` for cells of a limited length, as store and papers need it.

    A longer cell is cut at the limit, with a warning. If the cell is ``needed``, it is an error, because the
    beginning alone may be wrong.
    """

    def parse_limited(cell: Cell) -> Any:
        if not isinstance(cell, str) or num_units(cell) <= most_units:
            return parse(cell)
        words = _SPACES.sub(r"\1", cell.strip())
        if num_units(words) <= most_units:
            return parse(words)
        if needed:
            raise CellError(
                Finding(
                    "text_too_long",
                    Text(
                        f"内容太长：{num_units(words)} 个字，最多 {most_units} 个字",
                        f"too long: {num_units(words)} letters, at most {most_units}",
                    ),
                    Text("请只写应填的内容", "write only what belongs here"),
                )
            )
        raise CellError(
            Finding(
                "text_shortened",
                Text(
                    f"内容太长：{num_units(words)} 个字，只采用前面 {most_units} 个字",
                    f"too long: {num_units(words)} letters, of which the first {most_units} are used",
                ),
                Text("请改短，重要的写在前面", "shorten it, and put first what matters"),
                "warning",
                parse(shortened(words, most_units, "...")),
            )
        )

    return parse_limited
