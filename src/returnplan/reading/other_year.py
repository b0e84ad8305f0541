"""Lists of another year: a title, file or folder that names it, or days that all lie in it.

It is read like one of this year, as its days seldom name a year and people sign up again. So it is said.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from returnplan.model.faults import OTHER_YEAR, Fault
from returnplan.model.texts import Text

_YEAR = re.compile(
    r"(?<![\d〔\[])(?<!截[至止])(?<!截[至止][到 ])(?<![数共计])(?<![数共计][:：为是 ])(?<![数共计][:：] )(20[0-4]\d)"
    r"(?:(?!\d)(?!年?-?1[0-2]月)(?! ?(?:[人位户多余]|名(?![单册])|个(?!人)|people|persons))|(?=[01]\d[0-3]\d(?!\d)))"
)
"""A year, also that of 20260210; not that of a document (〔2026〕12号), of the last months before the campaign, or of a
day of counting (截至2025年底), nor a number of people (报名人数：2035, 共2015人)."""
_LAST_MONTHS = 10
_IS_IT = Text(
    "请核对：往年的表请移出文件夹；规则里的年份错了，改 returnplan.toml 的 [dates] year",
    "check it: take lists of another year out of the folder; if the year of the rules is wrong, correct [dates] year "
    "in returnplan.toml",
)


def years_in(text: str) -> set[int]:
    """Return the years that a title or the name of a file names."""
    return set(map(int, _YEAR.findall(text)))


def names_other_year(texts: Iterable[str], year: int | None) -> int | None:
    """Return the first year that texts name if none of them names the campaign's."""
    named = [int(found) for text in texts for found in _YEAR.findall(text)]
    return None if year is None or year in named else next(iter(named), None)


def title_of_other_year(file: str, sheet: str, above: Sequence[str], year: int | None) -> Fault | None:
    """Return the warning about a sheet whose name, or what stands above its header, names another year."""
    named = names_other_year((sheet, *above), year)
    return _fault(file, sheet, Text("表名或标题", "its name or title"), named, year) if named else None


def file_of_other_year(file: str, folder: str, year: int | None) -> Fault | None:
    """Return the warning about a file whose name, or that of its folder, names another year."""
    named = names_other_year((file, folder), year)
    return _fault(file, "", Text("文件名或文件夹名", "its name or folder"), named, year) if named else None


def days_of_other_year(
    file: str, sheet: str, months: npt.NDArray[np.datetime64], year: int | None
) -> Fault | None:
    """Return the warning about a sheet on which all days lie in one other year than the campaign's.

    The last months before it are no other year.

    Parameters
    ----------
    months : of all days of the sheet, NaT where there is none
    """
    told = np.unique(months[~np.isnat(months)]).astype("datetime64[M]").astype(np.int64)
    years = {1970 + number // 12 for number in told.tolist()}
    if year is None or len(years) != 1 or year in years:
        return None
    if years == {year - 1} and told.min() % 12 + 1 >= _LAST_MONTHS:
        return None
    other = years.pop()
    return Fault(
        file,
        sheet,
        "",
        "",
        OTHER_YEAR,
        Text(
            f"表里的日期都在 {other} 年，规则文件的 [dates] year 是 {year}",
            f"all days of this sheet lie in {other}; [dates] year of the rules file is {year}",
        ),
        _IS_IT,
        "warning",
    )


def _fault(file: str, sheet: str, where: Text, named: int, year: int | None) -> Fault:
    return Fault(
        file,
        sheet,
        "",
        str(named),
        OTHER_YEAR,
        Text(
            f"{where.zh}写着 {named} 年，本次活动是 {year} 年；照常读取了",
            f"{where.en} says {named}; this campaign is that of {year}. It was read all the same",
        ),
        _IS_IT,
        "warning",
    )
