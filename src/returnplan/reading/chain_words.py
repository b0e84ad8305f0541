"""What one entry of a 接龙 says: 张三 450803… 138… 东莞市 2月18日, word by word, by what each word is."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from returnplan.model.personal_numbers import CALLING_CODE, ID_NUMBER, MOBILE
from returnplan.reading.cells import CellError, Parser
from returnplan.reading.dates import has_day
from returnplan.reading.remarks import remark_of
from returnplan.reading.signup_sheet import FLAGS, says_cancelled
from returnplan.sheets.tables import Cell

MARK = re.compile(r"(?:[(\[]?\d{1,4}\s*[.、,:)\]](?!\d{1,2}(?!\d))|\d{1,4}\s+(?=\D))\s*")
"""The number of an entry, half-width; 2.18 is a day."""

_PHONE_SHAPE = rf"{CALLING_CODE}{MOBILE}(?!\d)"
MAY_BE_ID_NUMBER = re.compile(rf"(?<!\d){ID_NUMBER}(?={_PHONE_SHAPE}|(?!\d))|(?<!\d)\d{{14,}}[Xx]?(?!\d)")
"""What may be an ID number, also one of another length."""

_PHONE = re.compile(rf"(?<!\d){_PHONE_SHAPE}")
_LONG_NUMBER = re.compile(r"\d{11}")

_AROUND_WORDS = "()[]!。.~"
_BETWEEN_WORDS = re.compile(r"[\s,;、|+]+")
_GLUED_DAY = re.compile(
    r"(?P<before>[\u3400-\u9fff]{2,}?)??(?P<day>(?:\d+[月./-]|[正腊]月|初[一二三四五六七八九十]|大?年[初廿三]|除夕)"
    r"(?:[\d月日号./-]|[初十廿一二三四五六七八九])*)(?P<behind>(?:去|到|前往)[\u3400-\u9fff]{2,})?"
)
_DAY_WORD = re.compile(
    r"(?:^|[\s,;、])(?:\d{1,2}月\d{1,2}[日号]?|\d{1,2}\.\d{1,2}|[正腊]月[初十廿]\S)(?=$|[\s,;、])"
)
_AROUND_A_DAY = re.compile(r"^(?:最早|约|大概)|(?:出发|返岗|走|动身|上车|前后|左右)$")
_GOES_TO = re.compile(r"(?:去|到|回|往|前往|返回?)(?P<city>.{2,}?)(?:务工|打工|上班|返岗)?")
_NO_CITY = re.compile(r".*(?:镇|乡|街道|村|屯|社区|组|县|公司|集团|厂|店|工地|\d.*)")
_FIRM = re.compile(r"(?!.*[去到往])(?:\D{2,}(?:公司|集团)|\D{4,}厂)(?:\([^()]*\))?")
"""电子厂 and 鞋厂 are none: they say what is made there."""
_TOWNSHIP = re.compile(r"(?!.*[去到往])[\u3400-\u9fff]+(?:镇|乡|街道)")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_HOW_MANY = re.compile(r"(?:共|一共|我们)?(?:\d{1,2}|[一二两三四五六])(?:个|位|名)?人")
_PLACE = re.compile(r".+[省市县区镇乡村]|.+街道")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}(?:\([^()]*\))?|[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+|[A-Za-z]+")


@dataclass
class Entry:
    """One person of a chain: the words by field, and the words left over.

    ``is_township_sure`` is false where only its place before the city says that a word is the township of home.
    """

    words: dict[str, Cell] = field(default_factory=dict)
    is_township_sure: bool = True
    left_over: list[str] = field(default_factory=list)

    def put(self, name: str, word: str) -> None:
        """Set a field to a word; a second word for the same field is left over."""
        if name not in self.words:
            self.words[name] = word
        elif name == "phone":
            self.words[name] = f"{self.words[name]}/{word}"
        else:
            self.left_over.append(word)


def half_width(text: str) -> str:
    """Return a line in half-width characters; its spaces separate the words."""
    return unicodedata.normalize("NFKC", text).strip()


def entry_of(
    line: str,
    parsers: Mapping[str, Parser],
    field_of: Callable[[str], str | None],
    *,
    asks_township: bool = False,
) -> Entry:
    """Return the entry of a line without its number.

    Parameters
    ----------
    line : half-width
    parsers : the parsers of the sign-up sheet, by field
    field_of : returns the field that a label means (电话：138…), if any
    asks_township : whether the format above the entries names the township of home
    """
    entry = Entry()
    plain: list[str] = []
    line = _IN_BRACKETS.sub(lambda found: f" {found[1]} " if remark_of(found[1]).withdrew else found[0], line)
    parted = _PHONE.sub(r" \g<0> ", MAY_BE_ID_NUMBER.sub(r" \g<0> ", line))
    parts = _BETWEEN_WORDS.split(re.sub(r"\s*:\s*", ": ", parted))
    words = [word for part in parts if part != ":" for word in _without_glued_day(part, parsers)]
    label, num_first = "", 0
    for word in filter(None, words):
        shape = _field_by_shape(word, parsers)
        num_first = num_first if entry.words else len(plain)
        if label:
            entry.put(field_of(label) or "", word)
            label = ""
        elif shape is not None:
            entry.put(shape, _value(shape, word))
        elif (word.endswith(":") or entry.words or plain) and not (
            field_of(word.rstrip(":")) or "_"
        ).startswith("_"):  # 电话： is a label anywhere, 电话 except as the first word
            label = word.rstrip(":")
        else:
            plain.append(word.rstrip(":"))
    _put_name(entry, plain, num_first)
    plain += filter(None, (label,))  # a label without a value is only a word
    _put_township(entry, plain, is_asked=asks_township)
    _put_employer(entry, plain)
    _put_city(entry, plain)
    return entry


def _field_by_shape(word: str, parsers: Mapping[str, Parser]) -> str | None:
    if MAY_BE_ID_NUMBER.fullmatch(word):
        return "id_number"
    if _PHONE.fullmatch(word):
        return "phone"
    if word in ("男", "女"):
        return "sex"
    if says_cancelled(word.strip(_AROUND_WORDS)) or remark_of(word).withdrew:
        return "cancelled"
    if _HOW_MANY.fullmatch(word):
        return "num_companions"
    if word in FLAGS:
        return "categories"
    if has_day(word) or _is_read(word, parsers["named_date"]):
        return "named_date"
    return None


def _value(shape: str, word: str) -> str:
    """Return the value of a word for a field, without decoration."""
    if shape == "cancelled":
        return word.strip(_AROUND_WORDS) if says_cancelled(word.strip(_AROUND_WORDS)) else "取消"
    return _AROUND_A_DAY.sub("", word) if shape == "named_date" else word


def _is_read(word: str, parse: Parser) -> bool:
    try:
        return parse(word) is not None
    except CellError:
        return False


def _without_glued_day(word: str, parsers: Mapping[str, Parser]) -> list[str]:
    """Split a word such as 去东莞2月20日 into a city and a day, if the day alone can be parsed."""
    found = _GLUED_DAY.fullmatch(word)
    if found is None or found["day"] == word or _is_read(_AROUND_A_DAY.sub("", word), parsers["named_date"]):
        return [word]
    parts = [part for part in found.groups() if part]
    return parts if _is_read(found["day"], parsers["named_date"]) else [word]


def _put_name(entry: Entry, plain: list[str], num_first: int) -> None:
    """Take the name out of the words that no other field has claimed.

    The name is the first such word. It is the second if both begin the entry (``num_first``) and the first one
    is a nickname that cannot be a name (🌸阿0🌸 韦家旺).
    """
    if "name" in entry.words or not plain:
        return
    is_nickname = num_first > 1 and not _NAME.fullmatch(plain[0])
    place = 1 if is_nickname else 0
    if _NAME.fullmatch(plain[place]) and not _PLACE.fullmatch(plain[place]):
        entry.put("name", plain.pop(place))
        if is_nickname:
            entry.left_over.append(plain.pop(0))


def _city_in(plain: list[str]) -> str | None:
    going = [word for word in plain if _GOES_TO.fullmatch(word)]
    cities = [word for word in plain if word.endswith("市")]
    others = [word for word in plain if not _NO_CITY.fullmatch(word)]
    return next(iter((*going, *cities, *others)), None)


def _put_township(entry: Entry, plain: list[str], *, is_asked: bool) -> None:
    """Take the township of home out of the words left over: the one that the format asks for, or that before the city.

    Behind the city stands the town of the employer (东莞市 长安镇).
    """
    city = None if "city" in entry.words else _city_in(plain)
    before = plain[: plain.index(city)] if city else []
    found = [word for word in before or (plain if is_asked else []) if _TOWNSHIP.fullmatch(word)]
    if len(found) == 1 and "township" not in entry.words:
        plain.remove(found[0])
        entry.put("township", found[0])
        entry.is_township_sure = is_asked


def _put_employer(entry: Entry, plain: list[str]) -> None:
    """Take the employer out of the words that are left over: the one that ends as firms do."""
    firms = [word for word in plain if _FIRM.fullmatch(word)]
    if len(firms) == 1 and "employer" not in entry.words:
        plain.remove(firms[0])
        entry.put("employer", firms[0])


def _put_city(entry: Entry, plain: list[str]) -> None:
    """Take the city out of the words that are left over.

    The city is the word after 去 or 到, else the word that ends in 市, else the first word that is no township,
    firm or number.
    """
    city = _city_in(plain)
    if city is not None and "city" not in entry.words:
        plain.remove(city)
        match = _GOES_TO.fullmatch(city)
        entry.put("city", match["city"] if match else city)
    entry.left_over.extend(plain)


def has_number(line: str) -> bool:
    """Return whether a line may contain an ID number or a mobile phone."""
    return _LONG_NUMBER.search(line) is not None


def goes_on(line: str, above: str) -> bool:
    """Return whether a line has only what the entry above lacks: a phone, a day, an ID number."""
    tells = (MAY_BE_ID_NUMBER, _PHONE, _DAY_WORD)
    here, there = (tuple(bool(shape.search(words)) for shape in tells) for words in (line, above))
    is_somebody = here[0] and begins_with_a_name(line)
    return any(here) and not is_somebody and not any(a and b for a, b in zip(here, there, strict=True))


def begins_with_a_name(line: str) -> bool:
    """Return whether the first word of an entry looks like a name."""
    words = [word for word in _BETWEEN_WORDS.split(line) if word]
    return bool(words) and _NAME.fullmatch(words[0]) is not None


def names_somebody(line: str) -> bool:
    """Return whether an entry, without its number, starts with a name or holds a person's number."""
    return has_number(line) or begins_with_a_name(line)
