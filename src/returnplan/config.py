"""returnplan.toml: composes the settings that each stage defines beside its own code; nothing below imports it."""

import difflib
import tomllib
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from returnplan.enrolment.settings import DefaultFleet, EnrolmentSettings, Priority, Townships
from returnplan.errors import UsageError
from returnplan.manifests.settings import Columns, Drivers, ManifestSettings
from returnplan.reading.settings import ReadingSettings
from returnplan.rules import Dates, Nightly, Rules, Settings, Timetable
from returnplan.supplies import Packs
from returnplan.texts import Lang, Text


class Config(Settings):
    """All of returnplan.toml; every table and key is optional."""

    rules: Rules = Rules()
    dates: Dates = Dates()
    timetable: Timetable = Timetable()
    priority: Priority = Priority()
    fleet: DefaultFleet = DefaultFleet()
    townships: Townships = Townships()
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    places: dict[str, str] = Field(default_factory=dict)
    packs: Packs = Packs()
    drivers: Drivers = Drivers()
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
            priority=self.priority,
            fleet=self.fleet,
            places=self.places,
            townships=self.townships,
        )

    @property
    def papers(self) -> ManifestSettings:
        """Return what the papers need."""
        return ManifestSettings(packs=self.packs, drivers=self.drivers, columns=self.manifest)


def load_config(path: Path | None) -> Config:
    """Return the settings of a rules file, or the defaults when there is none.

    Raises
    ------
    UsageError : no such file, no valid TOML, an unknown key (with the nearest one), or a value out of range;
        all findings at once
    """
    if path is None:
        return Config()
    try:
        return Config.model_validate(tomllib.loads(decoded(path.read_bytes())))
    except OSError as error:
        raise UsageError(
            Text(
                f"打不开规则文件 {path},请检查 --config", f"cannot open the rules file {path}; check --config"
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(Text(f"{path} 写法有误:{error}", f"{path} is not valid TOML: {error}")) from error
    except ValidationError as error:
        findings = [_finding(e["loc"], e["type"], e["msg"]) for e in error.errors(include_url=False)]
        raise UsageError(
            Text(
                "\n".join([f"{path} 有 {len(findings)} 处错误:", *(f"  {f.zh}" for f in findings)]),
                "\n".join([f"{path} has {len(findings)} errors:", *(f"  {f.en}" for f in findings)]),
            )
        ) from error


def decoded(raw: bytes) -> str:
    """Return the text of a rules file; Notepad may have saved it with a mark, or in GBK."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _finding(loc: tuple[int | str, ...], kind: str, message: str) -> Text:
    key = _written(loc)
    if kind != "extra_forbidden":
        return Text(f"{key}:值不对({message})", f"{key}: {message}")
    near = difflib.get_close_matches(str(loc[-1]), _known(loc[:-1]), n=1)
    if near:
        return Text(f"{key}:没有这一项,是不是 {near[0]}?", f"{key}: unknown key; did you mean {near[0]}?")
    return Text(f"{key}:没有这一项", f"{key}: unknown key")


def _written(loc: tuple[int | str, ...]) -> str:
    """Return a key as it stands in the file: [table] key."""
    if len(loc) == 1:
        return str(loc[0])
    return f"[{loc[0]}] {'.'.join(map(str, loc[1:]))}"


def _known(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the table at ``loc`` may have."""
    model: type[BaseModel] = Config
    for part in loc:
        inner = model.model_fields[str(part)].annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return list(model.model_fields)
