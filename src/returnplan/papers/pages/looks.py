"""The part of a workbook that says how its cells look (styles.xml)."""

from collections.abc import Iterable
from dataclasses import astuple
from functools import cache
from html import escape

from returnplan.papers.pages.style import Style

_FONT = "宋体"
_LINE_COLOR = "FF7F7F7F"
_BUILT_IN = {"": 0, "0": 1, "#,##0": 3, "#,##0.00": 4, "@": 49}
_FIRST_OF_OURS = 164
_USUAL = '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
"""That of a cell without a look. Widths of columns are counted in its digits, so another would change every page."""
_FILLS = (
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
)
"""Excel takes the first two for these, whatever they are."""
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
_SIDES = "".join(
    f'<{side} style="thin"><color rgb="{_LINE_COLOR}"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
_BORDER = f"<border>{_SIDES}<diagonal/></border>"
_APPLIED = " ".join(f'apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment"))
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Looks(dict[Style, int]):
    """The numbers of a workbook's looks, in the order in which they are asked for; 0 is that of no look at all."""

    def __init__(self) -> None:
        """Begin with no look."""
        self._numbers: dict[tuple[object, ...], int] = {}

    def __missing__(self, style: Style) -> int:
        """Number a style; two that look the same have one number."""
        number = self._numbers.setdefault(_traits(style), len(self._numbers) + 1)
        self[style] = number
        return number

    def in_order(self) -> tuple[tuple[object, ...], ...]:
        """Return what :func:`styles_xml` draws, equal for workbooks with equal looks."""
        return tuple(self._numbers)


@cache
def _traits(style: Style) -> tuple[object, ...]:
    return astuple(style)


def styles_xml(looks: Iterable[tuple[object, ...]]) -> str:
    """Return the part for looks, the first of which is number 1."""
    fonts, fills, borders, formats = [_USUAL], list(_FILLS), [_NO_BORDER], list[str]()
    kinds = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
    for traits in looks:
        style = Style(*traits)  # type: ignore[arg-type]
        code = style.number_format
        number = _BUILT_IN[code] if code in _BUILT_IN else _FIRST_OF_OURS + _place(formats, code)
        font = _place(fonts, _font(style))
        fill = _place(fills, _fill(style)) if style.fill else 0
        border = _place(borders, _BORDER) if style.border else 0
        kinds.append(
            f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" {_APPLIED}>'
            f"{_alignment(style)}</xf>"
        )
    own = [
        f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
        for number, code in enumerate(formats, _FIRST_OF_OURS)
    ]
    return "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{_NAMESPACE}">',
            _all("numFmts", own) if own else "",
            _all("fonts", fonts),
            _all("fills", fills),
            _all("borders", borders),
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
            _all("cellXfs", kinds),
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        )
    )


def _place(known: list[str], wanted: str) -> int:
    """Return where in a list something stands, at its end if it is new."""
    if wanted not in known:
        known.append(wanted)
    return known.index(wanted)


def _all(name: str, items: list[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


def _font(style: Style) -> str:
    bold = "<b/>" if style.bold else ""
    color = f'<color rgb="{_argb(style.color)}"/>' if style.color else ""
    return f'<font>{bold}<sz val="{style.size:g}"/>{color}<name val="{_FONT}"/><family val="2"/></font>'


def _fill(style: Style) -> str:
    solid = f'<fgColor rgb="{_argb(style.fill)}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{solid}</patternFill></fill>'


def _alignment(style: Style) -> str:
    indent = ' indent="1"' if style.border and style.align == "left" else ""
    wrap = ' wrapText="1"' if style.wrap else ""
    shrink = ' shrinkToFit="1"' if style.shrink else ""
    return f'<alignment horizontal="{style.align}" vertical="center"{indent}{wrap}{shrink}/>'


def _argb(color: str) -> str:
    return f"FF{color.removeprefix('#')}"
