"""Dates in English words (21 Feb, from February 21st), as the Chinese forms that the reader of dates knows."""

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "一二三四五六日", strict=True))
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\b(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?\b"
_SPAN = rf"{_DAY.format('first')}(?:\s*(?:-|–|~|to|and|or|/)\s*{_DAY.format('last')})?"
_YEAR = r"(?:[\s,/-]+(?P<year>20\d\d)\b)?"
_SHORT_YEAR = r"(?:[\s,/-]+(?P<year>20\d\d)\b|[-/'](?P<short_year>\d\d)\b(?!\s*[a-z]))?"
_DATES = (
    re.compile(rf"(?P<year>20\d\d)[\s/-]{_MONTH}[\s/-]?{_SPAN}"),
    re.compile(rf"{_SPAN}(?:\s+|[-/]?)(?:of\s+)?{_MONTH}{_SHORT_YEAR}"),
    re.compile(rf"\b{_MONTH}[\s-]*(?:the\s+)?{_SPAN}{_YEAR}"),
)
_WEEKDAY = re.compile(
    r"\b(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b[.,]?"
)
_AROUND = (
    (re.compile(r"^from\s+(.+?)\s+(?:to|until|till)\s+(.+)$"), r"\1至\2"),
    (re.compile(r"^(?:from|since|starting|not before|earliest)\s+(.+)$"), r"\1起"),
    (re.compile(r"^(.+?)\s*(?:onwards?|(?:or|and) (?:later|after))$"), r"\1起"),
    (re.compile(r"^after\s+(.+)$"), r"\1之后"),
    (re.compile(r"^(?:until|till|by|before|no later than|latest)\s+(.+)$"), r"\1以前"),
    (re.compile(r"^(.+?)\s*(?:or|and) (?:earlier|before)$"), r"\1以前"),
    (re.compile(r"^(?:about|around|approx\.?|approximately|ca\.?)\s+(.+)$"), r"约\1"),
    (re.compile(r"^(?:any ?time|any day|any date|anytime|flexible|asap|as soon as possible)$"), "随时"),
)
_TO = re.compile(r"\s*\b(?:to|until|till)\b\s*")
_LETTER = re.compile("[a-z]")


def without_english(words: str) -> str:
    """Return the words of a date with Chinese in place of English ones, or as they are if some are unknown."""
    said = words.lower()
    if not _LETTER.search(said):
        return words
    for form in _DATES:
        said = form.sub(_in_figures, said)
    said = _WEEKDAY.sub(lambda found: f"星期{_WEEKDAYS[found[1][:3]]}", said).strip()
    for form, chinese in _AROUND:
        said = form.sub(chinese, said)
    said = _TO.sub("至", said)
    return words if _LETTER.search(said) else said


def _in_figures(found: re.Match[str]) -> str:
    month = _MONTHS.index(found["month"][:3]) + 1
    short_year = found.groupdict().get("short_year")
    year = found["year"] or (short_year and f"20{short_year}")
    first = f"{year + '年' if year else ''}{month}月{found['first']}日"
    return f"{first}-{found['last']}日" if found["last"] else first
