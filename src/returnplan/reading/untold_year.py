"""The year of days without one, where the rules tell none: that of the present day, or the one that the lists name."""

from datetime import date

from returnplan.model.intake import Intake
from returnplan.model.texts import Text
from returnplan.reading.dates import NO_YEAR
from returnplan.reading.other_year import years_in

_LAST_MONTHS = 10
"""From this month on the days may be those of the next year, so the present day says nothing."""


def untold_year(intake: Intake, as_of: date | None) -> tuple[int, Text] | None:
    """Return the year of the days that have none, and what is said; None if they all have one, or nothing tells it.

    Parameters
    ----------
    as_of : the present day, if it is told; it goes before titles, sheets, files and folders, which have to agree
    """
    sheets = {(fault.file, fault.sheet) for fault in intake.faults if fault.code == NO_YEAR.code}
    if not sheets:
        return None
    if as_of is not None and as_of.month < _LAST_MONTHS:
        return as_of.year, _said(as_of.year, Text(f"当天({as_of})", f"the present day ({as_of})"))
    texts = [text for sheet in sheets for text in (*sheet, *sum(intake.titles.get(sheet, ()), ()))]
    years = {year for text in texts for year in years_in(text)}
    if len(years) != 1:
        return None
    year = years.pop()
    return year, _said(year, Text("标题、表名、文件名或文件夹名", "a title, sheet, file or folder"))


def _said(year: int, source: Text) -> Text:
    return Text(
        f"有的日期没有年份，按{source.zh}当作 {year} 年；不对的，请在 returnplan.toml 的 [dates] 里写明 year",
        f"days without a year are taken to be of {year}, as {source.en} says; if that is wrong, set year in [dates] of "
        "returnplan.toml",
    )
