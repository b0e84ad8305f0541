"""Batches to workbooks in a folder, one a batch or one for all, under names that people read there."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from returnplan.model.division_names import short_name
from returnplan.model.plan import Batch, EmployerLine, Rider
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.edition import INTERNAL, Edition
from returnplan.papers.itinerary import ALL_DIRECT, Itineraries, next_ride
from returnplan.papers.manifest.captain_page import captain_page
from returnplan.papers.manifest.door_list import door_list
from returnplan.papers.manifest.edition import BatchEdition, contacts_of
from returnplan.papers.manifest.receipt import receipt, receivers
from returnplan.papers.manifest.ride_list import ride_list
from returnplan.papers.manifest.train import queue, seat_cards, stations, train_list
from returnplan.papers.outfiles import many_files
from returnplan.papers.pages import Page, file_stem, render, sheet_names
from returnplan.papers.passengers import NO_LEADER_TOLD, at_stations
from returnplan.papers.settings import ManifestSettings
from returnplan.papers.voided import voided
from returnplan.papers.wording import say_division

_COPIES: Mapping[str, Text] = {
    "escort": NO_TEXT,
    "carrier": Text("-给承运单位", "-for carrier"),
    "employer": Text("-给企业", "-for employer"),
}
"""What the file name says of a copy for others than the escort."""
_PAPER = re.compile(
    r"(\d{4})-.+-(\d+号车|coach\d+|\d+号\w+次|train\d+-\w+)-(?:第|v)(\d+)版?"
    rf"({'|'.join(re.escape(words) for copy in _COPIES.values() for words in copy if words)})?"
    r"(?:-内部资料|-internal)?(?:\(\d\))?\.xlsx"
)
"""The name of a batch's papers: the day, the coach, the version of its list, and for whom the copy is."""

_NUM_THREADS = 2
"""Packing and syncing go on without the interpreter's lock, so a second core is of use."""


def write_manifests(
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    folder: Path,
    edition: Edition,
    settings: ManifestSettings,
    *,
    journeys: Itineraries = ALL_DIRECT,
    employers: Sequence[EmployerLine] = (),
    leaders_told: Mapping[str, str] = NO_LEADER_TOLD,
    one_workbook: bool = False,
    running: Collection[Batch] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write the papers of batches.

    Parameters
    ----------
    batches, riders : what to write, at least one; ``riders`` by batch id
    folder : where; it is made when there is none
    journeys : all rides of those who have several
    employers : who meets the people there
    leaders_told : by batch id the leader that riders were told, name and phone
    edition : language, run and hour; its ``notes`` are told of lists that went into 作废
    one_workbook : only the lists that ride along, one sheet a batch, in one file
    running : all batches of the plan that people may be told of, so that lists of any other are out of date; None:
        these
    progress : told (workbooks written, workbooks in all)

    Returns
    -------
    The files, in the order of the batches.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """

    contacts = contacts_of(employers)

    def edited(batch: Batch) -> BatchEdition:
        there = at_stations(batch, riders[batch.id], edition.lang)
        return BatchEdition(there, edition, settings, journeys, contacts, leaders_told.get(batch.id, ""))

    def write_one(batch: Batch) -> Path:
        people, own = riders[batch.id], edited(batch)
        # by its marks the workbook is known again when it comes back (``board``)
        marks = {"run": edition.run_id, "batch": batch.id, "version": str(batch.version)}
        content = render(papers(own, people), marks)
        return edition.write(folder / batch_file(own, people), content, is_one_of_many=True)

    if one_workbook:
        editions = [edited(batch) for batch in batches]
        lists = [page for one in editions for page in _lists(one, riders[one.batch.id], _sheet_name(one))]
        names = sheet_names(page.name for page in lists)
        pages = [replace(page, name=name) for page, name in zip(lists, names, strict=True)]
        content = render(pages, {"run": edition.run_id})
        return [edition.write(folder / _joint_file(batches, edition.lang), content)]
    paths = []
    with many_files(folder), ThreadPoolExecutor(_NUM_THREADS) as pool:
        for path in pool.map(write_one, batches):
            paths.append(path)
            if progress:
                progress(len(paths), len(batches))
    old = put_away(folder, paths, batches if running is None else running)
    if old and edition.notes:
        edition.notes(old)
    return paths


def papers(edition: BatchEdition, riders: Sequence[Rider]) -> list[Page]:
    """Return the pages of a batch: the lists that ride along, the door's, a receipt a receiver, and the leader's.

    A train has a list and a queue for each station, and seat cards. Receipts are for those whose journey ends here; a
    carrier gets none.
    """
    say = edition.say
    pages = _lists(edition, riders, say("随车名单", "Manifest"))
    if edition.batch.mode == "train":
        boarding = stations(edition, riders)
        pages += [
            queue(edition, stop, own, say(f"排队 {stop.place}", f"Queue {stop.place}"))
            for stop, own in boarding
        ]
        pages.append(
            seat_cards(edition, [one for _, own in boarding for one in own], say("席位卡", "Seat cards"))
        )
    else:
        pages.append(door_list(edition, riders, say("车门名单", "Door list")))
    arriving = [
        rider for rider in riders if edition.shows_employers and next_ride(rider, edition.journeys) is None
    ]
    prefix = say("签收单 ", "Receipt ")
    pages += [
        receipt(edition, receiver, own, prefix + receiver) for receiver, own in receivers(arriving).items()
    ]
    if edition.batch.mode != "train":
        pages.append(captain_page(edition, riders, say("车长页", "Leader's page")))
    return [
        replace(page, name=name)
        for page, name in zip(pages, sheet_names(page.name for page in pages), strict=True)
    ]


def _copy_of(words: str | None) -> str:
    """Return for whom the copy is whose file name says so."""
    return next(reader for reader, copy in _COPIES.items() if (words or "") in copy)


def _lists(edition: BatchEdition, riders: Sequence[Rider], name: str) -> list[Page]:
    """Return the lists that ride along: of a coach one, of a train one a boarding station."""
    if edition.batch.mode != "train":
        return [ride_list(edition, riders, name)]
    return [train_list(edition, stop, own, f"{name} {stop.place}") for stop, own in stations(edition, riders)]


def _sheet_name(edition: BatchEdition) -> str:
    batch = edition.batch
    return f"{batch.date:%m%d}-{edition.say(f'{batch.number}号车', f'coach {batch.number}')}"


def put_away(folder: Path, written: Sequence[Path], running: Iterable[Batch]) -> Text | None:
    """Move lists that nobody may use any more into 作废, and return what is to be told; None where there are none.

    Those are other lists of the coaches of the lists just written, and all of coaches that are not ``running``. A copy
    of the same version for another reader holds.
    """
    if not folder.is_dir():
        return None
    names = {path.name for path in written}
    papers = {
        path.name: (paper.group(1, 2), paper[3], _copy_of(paper[4]))
        for path in folder.iterdir()
        if (paper := _PAPER.fullmatch(path.name))
    }
    anew = {papers[name][0]: papers[name][1:] for name in names if name in papers}
    run = {(f"{batch.date:%m%d}", name) for batch in running for name in map(file_stem, _coach(batch))}

    def holds(coach: tuple[str, ...], version: str, copy: str) -> bool:
        if coach not in anew:
            return coach in run
        now, for_whom = anew[coach]
        return version == now and copy != for_whom

    old = (name for name, paper in papers.items() if name not in names and not holds(*paper))
    return voided(folder, sorted(old))


def batch_file(edition: BatchEdition, riders: Sequence[Rider]) -> str:
    """Return ``0223-融水-东莞-3号车-第1版-内部资料.xlsx``: day, start, cities, coach, version.

    The start is the county that boards first, else its city, else the place; by train and after it, the station.
    """
    batch, say = edition.batch, edition.say
    first = min(riders, key=lambda rider: (rider.pickup_seq, rider.seat), default=None)
    county = first.county if first else ""
    start = say_division(county, edition.lang) if county else short_name(batch.stops[0].city)
    start = start or batch.stops[0].place
    if batch.kind in ("train", "shuttle"):
        start = batch.stops[0].place
    coach = _coach(batch).say(edition.lang)
    version = say(f"第{batch.version}版", f"v{batch.version}")
    copy = _COPIES[edition.settings.columns.audience].say(edition.lang)
    return (
        file_stem(
            f"{batch.date:%m%d}-{start}-{edition.cities}",
            f"-{coach}-{version}{copy}{INTERNAL.say(edition.lang)}",
        )
        + ".xlsx"
    )


def _coach(batch: Batch) -> Text:
    """Return what the file name calls the vehicle of a batch on its day."""
    if batch.mode == "train":
        return Text(f"{batch.number}号{batch.service}次", f"train{batch.number}-{batch.service}")
    return Text(f"{batch.number}号车", f"coach{batch.number}")


def _joint_file(batches: Sequence[Batch], lang: Lang) -> str:
    """Return ``随车名单-0223-0225-12车-内部资料.xlsx``: first and last day, number of coaches."""
    days = sorted({f"{batch.date:%m%d}" for batch in batches})
    span = "-".join(dict.fromkeys((days[0], days[-1])))
    words = Text(f"随车名单-{span}-{len(batches)}车", f"manifests-{span}-{len(batches)}coaches")
    return file_stem(words.say(lang), INTERNAL.say(lang)) + ".xlsx"
