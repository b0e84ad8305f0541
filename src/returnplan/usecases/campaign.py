"""What every use case starts from: the rules and the store of one campaign, and the files of one call."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from returnplan.config import Config, load_config
from returnplan.model.errors import ReturnplanError
from returnplan.model.folder import RULES_FILE, STORE_FILE
from returnplan.model.plan import PlanSoFar, RunHeader
from returnplan.model.records import SheetKind
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.outfiles import Notes
from returnplan.papers.settings import Office
from returnplan.papers.wording import in_beijing
from returnplan.store import Store

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

    def refuse_other_year(self, store: Store) -> None:
        """Refuse a store of another year than the rules: one folder holds one campaign.

        Raises
        ------
        InputRefused : ``[dates] year`` is not the year of the campaign in the store
        """
        if self.config.dates.year is not None:
            store.check_year(self.config.dates.year)

    def edition(
        self,
        header: RunHeader,
        notes: Notes,
        *,
        lang: Lang | None = None,
        printed_at: datetime | None = None,
        password: str | None = None,
    ) -> Edition:
        """Return what all papers that are written of a run at one time share.

        Parameters
        ----------
        notes : told what a person should know of the files
        lang : None: that of the run
        printed_at : the hour at the foot of the pages; None: now, in Beijing
        password : opens the workbooks; None: they are open
        """
        return Edition(
            lang or header.lang,
            header.id,
            printed_at or in_beijing(datetime.now(UTC)),
            notes,
            password,
            self.config.office,
        )


def edition_of(header: RunHeader) -> Edition:
    """Return what lists share that are written of a run by its own rules, and printed now."""
    office = Office.model_validate(header.config.get("office") or {})
    return Edition(header.lang, header.id, in_beijing(datetime.now(UTC)), office=office)


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


@contextmanager
def in_language(lang: Lang) -> Iterator[None]:
    """Let errors of the block know which language the sheets of this call told."""
    try:
        yield
    except ReturnplanError as error:
        error.lang = lang
        raise
