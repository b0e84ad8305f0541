"""``manifest``: the papers of the stored plan; loads no pandas, so it starts fast."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from returnplan.errors import UsageError
from returnplan.manifests import write_manifests
from returnplan.pipeline.campaign import Campaign, Progress, no_progress
from returnplan.pipeline.stored import latest_header
from returnplan.plan import Batch, RunHeader
from returnplan.store import Division, Selection, Store
from returnplan.store.divisions import Level, find_division, near_divisions
from returnplan.texts import Lang, Text


@dataclass(frozen=True, slots=True)
class PapersRequest:
    """Which batches (every given condition must hold) and where their papers go."""

    out: Path
    city: str | None = None
    county: str | None = None
    day: date | None = None
    batches: tuple[str, ...] = ()
    one_workbook: bool = False
    lang: Lang | None = None


@dataclass(frozen=True)
class PapersOutcome:
    """The batches and the workbooks that were written for them."""

    header: RunHeader
    batches: list[Batch]
    paths: list[Path]
    notes: list[Text]


def write_papers(
    campaign: Campaign, request: PapersRequest, progress: Progress = no_progress
) -> PapersOutcome:
    """Write the papers of the chosen batches of the latest plan.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : no such city, county or batch, or no batch meets all conditions
    """
    with Store.open(campaign.store_path) as store:
        header = latest_header(store)
        batches = _chosen(store, header, request)
        riders = store.load_riders(header.id, [batch.id for batch in batches])
    notes: list[Text] = []
    paths = write_manifests(
        batches,
        riders,
        request.out,
        lang=request.lang or header.lang,
        settings=campaign.config.papers,
        run_id=header.id,
        printed_at=datetime.now(),
        one_workbook=request.one_workbook,
        notes=notes.append,
        progress=lambda done, total: progress("papers", done, total),
    )
    return PapersOutcome(header, batches, paths, notes)


def _chosen(store: Store, header: RunHeader, request: PapersRequest) -> list[Batch]:
    selection = Selection(
        city=request.city and _full_name(store, header, "city", request.city),
        county=request.county and _full_name(store, header, "county", request.county),
        day=request.day,
        batches=request.batches,
    )
    batches = store.load_batches(header.id, selection)
    missing = set(request.batches) - {batch.id for batch in batches}
    if missing:
        names = ", ".join(sorted(missing))
        raise UsageError(
            Text(
                f"没有符合条件的号车:{names}(用 returnplan show batches 查看)",
                f"no such batch: {names}; see: returnplan show batches",
            )
        )
    if not batches:
        raise UsageError(
            Text("没有符合条件的号车,请检查所选城市、县和日期", "no batch meets all these conditions")
        )
    return batches


def _full_name(store: Store, header: RunHeader, level: Level, text: str) -> str:
    """Return the full name of the city or county that ``text`` names in the plan."""
    among = store.load_divisions(header.id, level)
    if found := find_division(text, among):
        return found.name
    near = near_divisions(text, among)
    raise UsageError(_unknown(text, near, among))


def _unknown(text: str, near: list[Division], among: list[Division]) -> Text:
    shown = near or among
    names = "、".join(division.name for division in shown)
    names_en = ", ".join(f"{division.name} ({division.pinyin.capitalize()})" for division in shown)
    if near:
        return Text(
            f"方案里没有“{text}”,是不是:{names}?", f"no {text!r} in the plan; did you mean {names_en}?"
        )
    return Text(f"方案里没有“{text}”,现有:{names}", f"no {text!r} in the plan; it has: {names_en}")
