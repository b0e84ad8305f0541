"""What every use case starts from: the rules and the store of one campaign, and the files of one call."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal, Protocol

from returnplan.config import Config, load_config
from returnplan.model.errors import ReturnplanError
from returnplan.model.folder import RULES_FILE, STORE_FILE
from returnplan.model.plan import PlanSoFar
from returnplan.model.records import SheetKind
from returnplan.model.texts import Lang

CHINA = timezone(timedelta(hours=8))
Stage = Literal["read", "plan", "papers"]


class Progress(Protocol):
    """Told the stage, how much of it is done, how much there is, and while planning how the plan stands."""

    def __call__(self, stage: Stage, done: int, total: int, plan: PlanSoFar | None = None, /) -> None:
        """Be told."""


def no_progress(stage: Stage, done: int, total: int, plan: PlanSoFar | None = None) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One folder, one campaign: its rules and its store (which need not exist yet)."""

    config: Config
    store_path: Path


def open_campaign(folder: Path = Path()) -> Campaign:
    """Return the campaign of a folder: its returnplan.toml, or else the default rules, and its returnplan.db.

    Raises
    ------
    RulesRefused : the rules file has errors
    """
    rules = folder / RULES_FILE
    return Campaign(load_config(rules if rules.is_file() else None), folder / STORE_FILE)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of one call: ``added`` are supplementary lists (增补名单), ``explicit`` files of a named kind."""

    files: tuple[Path, ...]
    added: tuple[Path, ...] = ()
    explicit: Mapping[SheetKind, tuple[Path, ...]] = field(default_factory=dict)


def today_in_china() -> date:
    """Return the date in Asia/Shanghai, wherever the machine stands."""
    return datetime.now(CHINA).date()


@contextmanager
def in_language(lang: Lang) -> Iterator[None]:
    """Let errors of the block know which language the sheets of this call told."""
    try:
        yield
    except ReturnplanError as error:
        error.lang = lang
        raise
