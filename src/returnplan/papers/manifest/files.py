"""What the files of a batch are called: names that people read in a folder."""

import re
from collections.abc import Sequence
from pathlib import Path

from returnplan.model.plan import Batch, Rider
from returnplan.model.texts import Lang, Text
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.pages import file_stem
from returnplan.papers.wording import short_name

_PAPER = re.compile(r"(\d{4}-.+-(?:\d+号车|coach\d+))-(?:第\d+版|v\d+)(?:\(\d\))?\.xlsx")
"""The name of a batch's papers: the coach, and the version of its list."""
_FEW = 3


def outdated_note(folder: Path, written: Sequence[Path], *, is_whole_plan: bool) -> Text | None:
    """Return a warning of lists in the folder that nobody must take along any more, None where there are none.

    Those are earlier versions of the lists just written, and all others if these are ``is_whole_plan``.
    """
    coaches = {found[1] for path in written if (found := _PAPER.fullmatch(path.name))}
    others = {path.name for path in folder.iterdir()} - {path.name for path in written}
    papers = map(_PAPER.fullmatch, sorted(others))
    old = [paper[0] for paper in papers if paper and (is_whole_plan or paper[1] in coaches)]
    if not old:
        return None
    few, more = old[:_FEW], "…" if len(old) > _FEW else ""
    return Text(
        f"{folder} 里有 {len(old)} 个旧名单,请勿再用:{'、'.join(few)}{more}",
        f"{len(old)} lists in {folder} are out of date, do not use them: {', '.join(few)}{more}",
    )


def batch_file(edition: BatchEdition, riders: Sequence[Rider]) -> str:
    """Return ``0223-融水-东莞-3号车-第1版.xlsx``: day, first county, cities, coach, version."""
    batch, say = edition.batch, edition.say
    start = start_of(batch, riders)
    coach = say(f"{batch.number}号车", f"coach{batch.number}")
    version = say(f"第{batch.version}版", f"v{batch.version}")
    return file_stem(f"{batch.date:%m%d}-{start}-{edition.cities}", f"-{coach}-{version}") + ".xlsx"


def joint_file(batches: Sequence[Batch], lang: Lang) -> str:
    """Return ``随车名单-0223-0225-12车.xlsx``: first and last day, number of coaches."""
    days = sorted({f"{batch.date:%m%d}" for batch in batches})
    span = "-".join(dict.fromkeys((days[0], days[-1])))
    words = Text(f"随车名单-{span}-{len(batches)}车", f"manifests-{span}-{len(batches)}coaches")
    return file_stem(words.say(lang)) + ".xlsx"


def start_of(batch: Batch, riders: Sequence[Rider]) -> str:
    """Return the short name of the county that boards first, else of the city, else the place."""
    first = min(riders, key=lambda rider: (rider.pickup_seq, rider.seat), default=None)
    county = first.county if first else ""
    return short_name(county or batch.stops[0].city) or batch.stops[0].place
