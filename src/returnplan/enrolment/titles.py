"""The township that a sheet, its title, its file or its folder names, for people who told no place at all."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from returnplan.enrolment.findings import Findings, sheet_of
from returnplan.enrolment.townships import PickupTable, township_words
from returnplan.model.intake import Titles
from returnplan.model.text_column import text_column
from returnplan.model.texts import Text
from returnplan.places import Division, Level

_KIND = r"(?:镇|乡|街道)"
_PARTS = re.compile(r"[^\u4e00-\u9fff]*20\d\d年|[^\u4e00-\u9fff]+|[和与及]")
_ONE = re.compile(rf"[\u4e00-\u9fff]{{1,7}}{_KIND}")
_NO_TOWNSHIP = re.compile(
    rf"[返回家老下离还城各故异本我全某点]乡|[城乡村市各本我全某集]镇|{_KIND}.*{_KIND}|[年月届]|务工|民工|人员|返岗|报名|春节|春运|[赴去往到在至]"
)
_GOES_ON = re.compile(rf"{_KIND}(?:等|片|镇|村振兴|愁|情)")


class _Named(NamedTuple):
    """A township, and its county where the words name it, too."""

    township: str
    county: str = ""


def with_townships_of_titles(
    people: pd.DataFrame, table: PickupTable, titles: Titles, office: Division | None, findings: Findings
) -> pd.DataFrame:
    """Return the people who told no place with the township of their sheet, its title, its file or its folder.

    It is one that the pick-up sheet has. Without such a sheet it is any, of the county of the office, where the list
    has no column of places at all. What says it must name only one. Each sheet is named, at its first person.

    Parameters
    ----------
    office : the county of the office, if it is a county's
    """
    is_open = (people["township"] == "") & (people["pickup"] == "")
    if not is_open.any():
        return people
    sheets = pd.Series(text_column(people["ref"]).before_mark(), people.index).where(is_open, "")
    township, county = people["township"].copy(), people["county"].copy()
    for sheet in sheets[is_open].unique():
        lines = people.index[sheets == sheet]
        first = people["ref"][lines[0]]
        if not table.rows and any(findings.cell(first, field) for field in ("township", "pickup")):
            continue
        named = _named_first(sheet_of(first), titles, table, office)
        if len(named) == 1:
            township[lines] = named[0].township
            if named[0].county:
                untold = lines[((people["county"] == "") & (people["prefecture"] == ""))[lines]]
                county[untold] = named[0].county
        if named:
            _report(first, len(lines), named, findings)
    return people.assign(township=township, county=county)


def _named_first(
    sheet: tuple[str, str], titles: Titles, table: PickupTable, office: Division | None
) -> tuple[_Named, ...]:
    """Return the townships that the sheet and its title name, else those of the file, else those of the folder."""
    above, folder = titles.get(sheet, ((), ()))
    for texts in ((sheet[1], *above), sheet[:1], folder):
        named = sorted(one for words in texts for one in _named(words, table, office))
        if named:
            return tuple({one.township: one for one in named}.values())  # the last has the county, if any has
    return ()


def _named(words: str, table: PickupTable, office: Division | None) -> Iterable[_Named]:
    """Yield the townships that some words name with their kind."""
    if table.rows:
        for key in table.rows:
            if found := re.search(rf"{re.escape(key)}(?:\w{{1,3}}族)?{_KIND}(?!等)", words):
                yield _Named(found.group())
        return
    for part in filter(None, _PARTS.split(words)):
        counties, _, name = township_words(part, table.gazetteer)
        is_one = _ONE.fullmatch(name) and not _NO_TOWNSHIP.search(name)
        if not is_one or _GOES_ON.match(part[part.rfind(name) + len(name) - 1 :]):
            continue
        if office is not None and _is_elsewhere(part, table, office):
            continue
        if not counties or office is None or office in counties:
            yield _Named(name, counties[0].name if len(counties) == 1 else "")


def _is_elsewhere(words: str, table: PickupTable, office: Division) -> bool:
    """Return whether words name a city or county and none of the office's prefecture, or a town that people go to."""
    reading = table.gazetteer.read(words)
    if any(division.level is Level.TOWN and division.city != office.city for division in reading.divisions):
        return True
    is_told = any(kind in words.removesuffix(reading.tail) for kind in "省市州县区旗盟")
    return is_told and all(division.city != office.city for division in reading.divisions)


def _report(ref: str, num: int, named: tuple[_Named, ...], findings: Findings) -> None:
    if len(named) == 1:
        name = named[0].township
        code, fix = (
            "township_from_name",
            Text("如不是，请填“乡镇”列", "fill in the column of townships (乡镇) if they are not"),
        )
        message = Text(
            f"这一行等 {num} 人没有填乡镇，按表名、标题或文件名当作{name}",
            f"this row and others, {num} in all, name no township and are taken to be of {name}, as the name of the "
            "sheet, its title or the file says",
        )
    else:
        names = [one.township for one in named]
        code, fix = "townships_in_name", Text("请补“乡镇”列", "fill in a column of townships (乡镇)")
        message = Text(
            f"这一行等 {num} 人没有填乡镇，表名、标题或文件名写了几个：{'、'.join(names)}",
            f"this row and others, {num} in all, name no township; the name of the sheet, its title or the file names "
            f"several: {', '.join(names)}",
        )
    findings.add(ref, "township", "", code, message, fix, "warning")
