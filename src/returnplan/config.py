"""returnplan.toml: composes the settings that each stage defines beside its own code; nothing below imports it."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, Field, ValidationError

from returnplan.enrolment.settings import DefaultFleet, EnrolmentSettings, Priority, Townships
from returnplan.model.errors import UsageError
from returnplan.model.foreign import pydantic_words
from returnplan.model.law import Drivers, Law, Timetable
from returnplan.model.notices import Notices
from returnplan.model.payers import Payers
from returnplan.model.rules import Dates, Name, Nightly, RailRules, Rules, Settings
from returnplan.model.texts import Lang, Text
from returnplan.papers.settings import Columns, ManifestSettings, Office, Packs
from returnplan.reading.settings import ReadingSettings


class Config(Settings):
    """All of returnplan.toml; every table and key is optional."""

    rules: Rules = Rules()
    dates: Dates = Dates()
    timetable: Timetable = Timetable()
    rail: RailRules = RailRules()
    priority: Priority = Priority()
    fleet: DefaultFleet = DefaultFleet()
    townships: Townships = Townships()
    headers: dict[Name, tuple[Name, ...]] = Field(default_factory=dict)
    places: dict[Name, Name] = Field(default_factory=dict)
    office: Office = Office()
    packs: Packs = Packs()
    drivers: Drivers = Drivers()
    notices: Notices = Notices()
    payers: Payers = Payers()
    manifest: Columns = Columns()
    nightly: Nightly = Nightly()
    lang: Lang | None = None

    @property
    def reading(self) -> ReadingSettings:
        """Return what the reader needs."""
        return ReadingSettings(headers=self.headers, year=self.dates.year)

    @property
    def enrolment(self) -> EnrolmentSettings:
        """Return what the enrolment needs."""
        return EnrolmentSettings(
            dates=self.dates,
            rail=self.rail,
            priority=self.priority,
            fleet=self.fleet,
            places=self.places,
            townships=self.townships,
            notices=self.notices.all_rules,
            office=self.office.name,
        )

    @property
    def law(self) -> Law:
        """Return what the law of the road asks of every journey."""
        return Law(timetable=self.timetable, drivers=self.drivers, notices=self.notices)

    @property
    def papers(self) -> ManifestSettings:
        """Return what the papers need."""
        return ManifestSettings(packs=self.packs, columns=self.manifest)


class RulesRefused(UsageError):  # noqa: N818  as InputRefused
    """The rules file cannot be read or has errors; nothing is known of what it says (exit 2)."""


MOST_BYTES = 1_000_000
"""A rules file of a whole region has some kilobytes."""

_UNOPENED = Text(
    "打不开规则文件 {path}，请检查 --config", "cannot open the rules file {path}; check --config"
)
_TOO_LARGE = Text(
    "规则文件 {path} 超过 1 MB，不像规则文件，请检查 --config",
    "the rules file {path} has more than 1 MB, which is no rules file; check --config",
)
_UNREADABLE = Text(
    "规则文件 {path} 写法有误({place})：每行写一项“名称 = 值”，文字加引号",
    "the rules file {path} is no valid TOML ({place}): one key = value a line, texts in quotes",
)
_ONE_DRIVER = Text(
    "{path} 自相矛盾：[drivers] most = 1 只配 1 名驾驶员，而单程超过 {km:g} 公里要 2 名(two_above_km)，1 名也能开到 "
    "{reach:g} 公里；请把 most 改为 2，或把 two_above_km 改为 {reach:g}",
    "{path} contradicts itself: [drivers] most = 1 allows one driver, two are needed above {km:g} km "
    "(two_above_km), and one may go {reach:g} km; set most to 2, or two_above_km to {reach:g}",
)
_LINE = Text("第 {line} 行第 {column} 列", "line {line}, column {column}")
_SOMEWHERE = Text("看不出哪一行", "no line can be told")
_OUTBOX = re.compile(r"""^\s*outbox\s*=\s*["']([^"'\0]+)["']""", re.MULTILINE)
_REPLACED = {
    ("rules", "change_budget"): Text(
        "这一项已由 move_yuan 取代(已通知的人改动一次折多少元，默认 300；没通知的按十分之一)，请删去这一行",
        "move_yuan has replaced this key (what moving a person who was told counts, 300 unless set; a tenth for those "
        "who were not told); delete the line",
    ),
}
"""Keys of older versions, and what to write now."""
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def load_config(path: Path | None) -> Config:
    """Return the settings of a rules file, or the defaults when there is none.

    Raises
    ------
    RulesRefused : no such file, no valid TOML, an unknown key (with the nearest one), or a value out of range, all
        findings at once; or fewer drivers than the law asks for on journeys that may be planned
    """
    if path is None:
        return Config()
    try:
        config = Config.model_validate(tomllib.loads(rules_text(path)))
    except OSError as error:
        raise RulesRefused(_UNOPENED.with_values(path=path)) from error
    except ValidationError as error:
        findings = dict.fromkeys(_finding(detail) for detail in error.errors(include_url=False))
        raise RulesRefused(
            Text(
                "\n".join([f"{path} 有 {len(findings)} 处错误：", *(f"  {f.zh}" for f in findings)]),
                "\n".join([f"{path} has {len(findings)} errors:", *(f"  {f.en}" for f in findings)]),
            )
        ) from error
    except (ValueError, RecursionError) as error:  # no TOML; numbers too long or brackets too deep for it
        raise RulesRefused(_UNREADABLE.with_values(path=path, place=_place(error))) from error
    if config.drivers.most == 1 and config.drivers.two_above_km < config.law.reach_km:
        raise RulesRefused(
            _ONE_DRIVER.with_values(path=path, km=config.drivers.two_above_km, reach=config.law.reach_km)
        )
    return config


def outbox_of_refused(path: Path | None) -> Path | None:
    """Return the outbox that a rules file with errors names, else the default one; None where no such folder is."""
    named = None
    with suppress(OSError, UsageError):
        named = _OUTBOX.search(rules_text(path)) if path else None
    outboxes = (Path(name) for name in (named and named[1], Nightly().outbox) if name)
    return next((outbox for outbox in outboxes if outbox.is_dir()), None)


def rules_text(path: Path) -> str:
    """Return the text of a rules file; Notepad may have saved it with a mark, or in GBK."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise RulesRefused(_TOO_LARGE.with_values(path=path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _place(error: Exception) -> Text:
    """Return where the file is no TOML, as the library says it."""
    found = _AT.search(str(error))
    return _LINE.with_values(line=found[1], column=found[2]) if found else _SOMEWHERE


def _finding(detail: Mapping[str, Any]) -> Text:
    loc = detail["loc"]
    if detail["type"] != "extra_forbidden":
        return _wrong(loc, detail)
    key = _written(loc)
    if replaced := _REPLACED.get(loc):
        return Text(f"{key}：{replaced.zh}", f"{key}: {replaced.en}")
    near = difflib.get_close_matches(str(loc[-1]), _known(loc[:-1]), n=1)
    if near:
        return Text(f"{key}：没有这一项，是不是 {near[0]}？", f"{key}: unknown key; did you mean {near[0]}?")
    return Text(f"{key}：没有这一项", f"{key}: unknown key")


def _wrong(loc: tuple[int | str, ...], detail: Mapping[str, Any]) -> Text:
    """Return what is wrong with a value: the range of a number, an example of a text, else what pydantic says."""
    names, schema = _schema(loc)
    why = pydantic_words(detail)
    low, high = (schema.get(bound) for bound in ("minimum", "maximum"))
    if loc[-1] == _OF_KEY:
        pass  # the schema is that of the value
    elif low is not None and high is not None:
        is_whole, word = schema["type"] == "integer", schema.get("word")
        why = Text(
            f"应为 {low} 至 {high} 之间的{'整数' if is_whole else '数'}" + (f'，或 "{word}"' if word else ""),
            f"a {'whole number' if is_whole else 'number'} from {low} to {high}"
            + (f', or "{word}",' if word else "")
            + " is needed",
        )
    elif detail["type"] == "string_pattern_mismatch" and schema.get("default"):
        why = Text(f"{why.zh}，应如 {schema['default']}", f"{why.en}, such as {schema['default']}")
    key = _written(names)
    return Text(f"{key}：{why.zh}", f"{key}: {why.en}")


_OF_KEY = "[key]"
"""The last part of a place in which the name of an entry is wrong, not its value."""


def _schema(loc: tuple[int | str, ...]) -> tuple[tuple[int | str, ...], Mapping[str, Any]]:
    """Return the keys of ``loc`` that stand in the file, and the JSON schema of the value there.

    Behind the key of a union pydantic names the branch, which no file does.
    """
    whole = Config.model_json_schema()
    schema: Mapping[str, Any] = whole
    keys: list[int | str] = []
    for part, following in zip(loc, (*loc[1:], None), strict=True):
        branches = schema.get("anyOf", ())
        if len(branches) > 1:
            of_names = str(part).startswith("dict") and following is not None
            schema = next(branch for branch in branches if not of_names or branch["type"] == "object")
            continue
        inner = _inner(schema, part, whole["$defs"])
        if inner is None:
            break
        schema = inner
        keys.append(part)
    return tuple(keys), schema


def _inner(schema: Mapping[str, Any], part: int | str, named: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the schema of an entry: of a named one, of any in a table of free names, of any in a list."""
    of_any = [schema.get("additionalProperties"), *schema.get("patternProperties", {}).values()]
    if part in schema.get("properties", {}):
        of_any = [schema["properties"][part]]
    elif isinstance(part, int):
        of_any = [schema.get("items")]
    found = next((one for one in of_any if isinstance(one, Mapping)), None)
    return None if found is None or part == _OF_KEY else _plain(found, named)


def _plain(schema: Mapping[str, Any], named: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema without references and without the branch for nothing at all."""
    if "$ref" in schema:
        return dict(named[schema["$ref"].rpartition("/")[2]])
    branches = [branch for branch in schema.get("anyOf", ()) if branch.get("type") != "null"]
    return {**schema, **branches[0], "anyOf": branches} if branches else schema


def _written(loc: tuple[int | str, ...]) -> str:
    """Return a key as it stands in the file: [table] key."""
    if len(loc) == 1:
        return str(loc[0])
    return f"[{loc[0]}] {'.'.join(map(str, loc[1:]))}"


def _known(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the table at ``loc`` may have."""
    model: type[BaseModel] = Config
    for part in loc:
        if isinstance(part, int):
            continue  # the table is one of a list
        inner = model.model_fields[str(part)].annotation
        inner = next((table for table in get_args(inner) if isinstance(table, type)), inner)
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return list(model.model_fields)
