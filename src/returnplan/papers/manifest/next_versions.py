"""The papers of batches under their next versions: of ``manifest`` and of a change by hand alike."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from returnplan.model.plan import Batch, EmployerLine, Handout, Rider
from returnplan.papers.edition import Edition
from returnplan.papers.itinerary import Itineraries
from returnplan.papers.manifest.content import next_handouts
from returnplan.papers.manifest.write import write_manifests
from returnplan.papers.settings import ManifestSettings


class NextVersions(NamedTuple):
    """The batches under the versions of their papers, what these papers are by batch id, and the files.

    ``as_they_left`` are the ids of batches on their way that keep the papers they left with.
    """

    batches: list[Batch]
    handouts: dict[str, Handout]
    paths: list[Path]
    as_they_left: list[str]


def write_next_versions(
    last: Mapping[str, Handout],
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    folder: Path,
    edition: Edition,
    settings: ManifestSettings,
    *,
    journeys: Itineraries,
    employers: Sequence[EmployerLine],
    leaders_told: Mapping[str, str],
    one_workbook: bool = False,
    running: Collection[Batch] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NextVersions:
    """Write the papers of batches, each under its next version, or its last one where they say nothing new.

    A batch that has departed gets no other ones than it left with: the plan has no absent people and no walk-ups of it.

    Parameters
    ----------
    last : what was written last, by batch id
    batches and all others : as :func:`write_manifests` is told them

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    handouts = next_handouts(
        last,
        batches,
        riders,
        edition,
        settings,
        journeys=journeys,
        employers=employers,
        leaders_told=leaders_told,
    )
    as_they_left = [
        batch.id
        for batch in batches
        if batch.state == "departed" and last.get(batch.id, handouts[batch.id]) != handouts[batch.id]
    ]
    handouts = {name: handout for name, handout in handouts.items() if name not in as_they_left}
    versions = [
        replace(batch, version=handouts[batch.id].version) for batch in batches if batch.id in handouts
    ]
    if not versions:
        return NextVersions([], {}, [], as_they_left)
    paths = write_manifests(
        versions,
        riders,
        folder,
        edition,
        settings,
        journeys=journeys,
        employers=employers,
        leaders_told=leaders_told,
        one_workbook=one_workbook,
        running=running,
        progress=progress,
    )
    return NextVersions(versions, handouts, paths, as_they_left)
