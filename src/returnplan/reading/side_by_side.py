"""Many files read by two processes of this machine: whichever is free takes the next file.

The second one is this program, too (``python -m returnplan.reading.side_by_side``), and has its own process that opens
files, so the cores are at work while one waits for the other. Only paths travel there. Where it does not start, or
dies, this process reads what it had.
"""

import os
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import tee
from pathlib import Path

from returnplan.model.records import SheetKind
from returnplan.reading.file_outcome import FileOutcome, file_outcomes
from returnplan.reading.settings import ReadingSettings
from returnplan.sheets.second_process import SecondProcess, answer, questions

LEAST_BYTES = 8_000_000
"""Of fewer bytes one process reads all: they take two seconds, and to start another one half a second."""
_AHEAD = 2
"""Files that the second process has: it opens the next one while it reads."""


def main() -> None:
    """Read one file after the other until the parent has no more."""
    asked = questions()
    settings = next(asked)
    first, second, third = tee(asked, 3)
    files = (file[0] for file in first), (file[1] for file in second), (file[2] for file in third)
    for outcome in file_outcomes(*files, settings):
        answer(outcome)


def file_outcomes_side_by_side(
    paths: Sequence[Path], names: Sequence[str], kinds: Sequence[SheetKind | None], settings: ReadingSettings
) -> Generator[FileOutcome]:
    """Yield what :func:`~returnplan.reading.file_outcome.file_outcomes` does; of many bytes two processes read.

    Raises
    ------
    UsageError : the settings name a field that no sheet has
    StoreError : the machine has too little memory
    """
    if len(paths) < _AHEAD or (os.cpu_count() or 1) == 1 or sum(map(_num_bytes, paths)) < LEAST_BYTES:
        yield from file_outcomes(paths, names, kinds, settings)
        return
    waiting, done = deque(range(len(paths))), dict[int, FileOutcome]()
    columns = (paths, names, kinds)
    with ThreadPoolExecutor(1) as thread, SecondProcess(__name__) as other:
        other.send(settings)
        there = thread.submit(_read_there, other, waiting, done, columns)
        num_given = 0
        try:
            while num_given < len(paths):
                numbers, first, second, third = tee(_turns(waiting), 4)
                files = (
                    map(paths.__getitem__, first),
                    map(names.__getitem__, second),
                    map(kinds.__getitem__, third),
                )
                with closing(file_outcomes(*files, settings)) as read:
                    for number, outcome in zip(numbers, read, strict=True):
                        done[number] = outcome
                        while num_given in done:
                            yield done.pop(num_given)
                            num_given += 1
                there.result()  # what it could not read waits again
                while num_given in done:
                    yield done.pop(num_given)
                    num_given += 1
        finally:
            waiting.clear()


def _read_there(
    other: SecondProcess,
    waiting: deque[int],
    done: dict[int, FileOutcome],
    columns: tuple[Sequence[Path], Sequence[str], Sequence[SheetKind | None]],
) -> None:
    """Let the second process read files for as long as some wait; those that it has when it dies wait again."""
    turns, sent = _turns(waiting), deque[int]()
    while True:
        while len(sent) < _AHEAD and (number := next(turns, None)) is not None:
            sent.append(number)
            other.send(tuple(column[number] for column in columns))
        if len(sent) < _AHEAD:
            other.no_more()
        if not sent:
            other.receive()  # nothing: it ends, and the process that opened its files before it
            return
        outcome = other.receive()
        if outcome is None:
            waiting.extendleft(reversed(sent))
            return
        done[sent.popleft()] = outcome


def _turns(waiting: deque[int]) -> Iterator[int]:
    """Yield the number of the next file that waits; two threads ask."""
    while True:
        try:
            yield waiting.popleft()
        except IndexError:
            return


def _num_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


if __name__ == "__main__":
    main()
