"""Files read by other processes, perhaps on other machines: their bytes travel, and what they say comes back."""

import stat
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from returnplan.model.records import SheetKind
from returnplan.reading.file_outcome import FileOutcome, file_outcomes
from returnplan.reading.settings import ReadingSettings

_JOB_BYTES = 1_000_000
"""Files travel together until they are so many bytes: each job starts a process that opens them."""
_MOST_BYTES = 8_000_000
"""A larger file is read here: Dask wants no more in one message."""
_JOBS_A_CORE = 2
"""That have been sent and not come back: one is read, the next is there already."""


class Readers(NamedTuple):
    """Processes that read files for us, on so many cores."""

    workers: Executor
    num_cores: int


@dataclass(frozen=True, slots=True)
class FileJob:
    """Files to be read elsewhere.

    Parameters
    ----------
    files : the name of each on the disk, and its bytes
    names : under which they are shown
    kinds : of all sheets of each file; None: recognise them
    """

    files: tuple[tuple[str, bytes], ...]
    names: tuple[str, ...]
    kinds: tuple[SheetKind | None, ...]
    settings: ReadingSettings

    def read(self) -> list[FileOutcome]:
        """Read the files; they lie in a folder for as long as it takes."""
        with TemporaryDirectory(prefix="returnplan-") as folder:
            paths = []
            for number, (name, content) in enumerate(self.files):
                own = Path(folder) / str(number)  # two files may have one name
                own.mkdir()
                (own / name).write_bytes(content)
                paths.append(own / name)
            return list(file_outcomes(paths, self.names, self.kinds, self.settings))


def file_outcomes_elsewhere(
    paths: Sequence[Path],
    names: Sequence[str],
    kinds: Sequence[SheetKind | None],
    settings: ReadingSettings,
    readers: Readers,
) -> Generator[FileOutcome]:
    """Yield what :func:`~returnplan.reading.file_outcome.file_outcomes` does, read by others.

    What is no ordinary file, or a very large one, is read here.

    Raises
    ------
    UsageError : the settings name a field that no sheet has
    StoreError : a machine has too little memory
    """
    sent: deque[Future[list[FileOutcome]] | list[FileOutcome]] = deque()
    for own, contents in _parcels(paths):
        options = (tuple(names[own]), tuple(kinds[own]), settings)
        if contents:
            files = tuple(zip((path.name for path in paths[own]), contents, strict=True))
            sent.append(readers.workers.submit(FileJob(files, *options).read))
        else:
            sent.append(list(file_outcomes(paths[own], *options)))
        if len(sent) > _JOBS_A_CORE * readers.num_cores:
            yield from _come_back(sent.popleft())
    while sent:
        yield from _come_back(sent.popleft())


def _come_back(job: "Future[list[FileOutcome]] | list[FileOutcome]") -> list[FileOutcome]:
    return job if isinstance(job, list) else job.result()


def _parcels(paths: Sequence[Path]) -> Iterator[tuple[slice, list[bytes]]]:
    """Yield the files that travel together, and their bytes; a file that stays is alone, and without any."""
    contents: list[bytes] = []
    for number, path in enumerate(paths):
        content = _content(path)
        if content is not None:
            contents.append(content)
        if contents and (content is None or sum(map(len, contents)) >= _JOB_BYTES):
            stop = number + (content is not None)
            yield slice(stop - len(contents), stop), contents
            contents = []
        if content is None:
            yield slice(number, number + 1), []
    if contents:
        yield slice(len(paths) - len(contents), len(paths)), contents


def _content(path: Path) -> bytes | None:
    """Return the bytes of an ordinary file of ordinary size, None of others, which are never opened here."""
    try:
        status = path.stat()
        is_ordinary = stat.S_ISREG(status.st_mode) and status.st_size <= _MOST_BYTES
        return path.read_bytes() if is_ordinary else None
    except OSError:
        return None
