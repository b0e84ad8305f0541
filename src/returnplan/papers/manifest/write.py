"""Batches to workbooks in a folder: one a batch, or one for all."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from returnplan.model.plan import Batch, Rider
from returnplan.papers.edition import Edition
from returnplan.papers.manifest.door_list import door_list
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.files import batch_file, joint_file, outdated_note
from returnplan.papers.manifest.receipt import receipt, receivers
from returnplan.papers.manifest.ride_list import ride_list
from returnplan.papers.pages import Page, render, sheet_names
from returnplan.papers.passengers import at_stations
from returnplan.papers.settings import ManifestSettings

_NUM_THREADS = 2
"""The library saves without the interpreter's lock, so a second core is of use."""


def write_manifests(
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    folder: Path,
    edition: Edition,
    settings: ManifestSettings,
    *,
    one_workbook: bool = False,
    is_whole_plan: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write the papers of batches.

    Parameters
    ----------
    batches, riders : what to write, at least one; ``riders`` by batch id
    folder : where; it is made when there is none
    edition : language, run and hour; its ``notes`` are also told of lists in the folder that are out of date
    one_workbook : only the lists that ride along, one sheet a batch, in one file
    is_whole_plan : whether these are all batches, so that any other list in the folder is out of date
    progress : told (workbooks written, workbooks in all)

    Returns
    -------
    The files, in the order of the batches.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """

    def edited(batch: Batch) -> BatchEdition:
        return BatchEdition(at_stations(batch, riders[batch.id], edition.lang), edition, settings)

    def write_one(batch: Batch) -> Path:
        people, own = riders[batch.id], edited(batch)
        return edition.write(folder / batch_file(own, people), render(papers(own, people), _marks(own)))

    if one_workbook:
        content = render(_joint_pages([edited(batch) for batch in batches], riders), {"run": edition.run_id})
        return [edition.write(folder / joint_file(batches, edition.lang), content)]
    paths = []
    with ThreadPoolExecutor(_NUM_THREADS) as pool:
        for path in pool.map(write_one, batches):
            paths.append(path)
            if progress:
                progress(len(paths), len(batches))
    if edition.notes and (old := outdated_note(folder, paths, is_whole_plan=is_whole_plan)):
        edition.notes(old)
    return paths


def papers(edition: BatchEdition, riders: Sequence[Rider]) -> list[Page]:
    """Return the pages of a batch: the list that rides along, the door's, and a receipt a receiver."""
    ride, door = edition.say("随车名单", "Manifest"), edition.say("车门名单", "Door list")
    people = receivers(riders)
    prefix = edition.say("签收单 ", "Receipt ")
    names = sheet_names([ride, door, *(prefix + receiver for receiver in people)])
    receipts = (
        receipt(edition, receiver, own, name)
        for (receiver, own), name in zip(people.items(), names[2:], strict=True)
    )
    return [ride_list(edition, riders, names[0]), door_list(edition, riders, names[1]), *receipts]


def _joint_pages(editions: Sequence[BatchEdition], riders: Mapping[str, Sequence[Rider]]) -> list[Page]:
    wishes = [
        f"{one.batch.date:%m%d}-{one.say(f'{one.batch.number}号车', f'coach {one.batch.number}')}"
        for one in editions
    ]
    return [
        ride_list(one, riders[one.batch.id], name)
        for one, name in zip(editions, sheet_names(wishes), strict=True)
    ]


def _marks(edition: BatchEdition) -> dict[str, str]:
    """Return what makes the workbook known again when it comes back (``board``)."""
    batch = edition.batch
    return {"run": edition.edition.run_id, "batch": batch.id, "version": str(batch.version)}
