"""Files to raw tables: scan, limited child process, one clear refusal when either says no."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Timer

import numpy as np

from returnplan.sheets.files import shown_names
from returnplan.sheets.guard import examine
from returnplan.sheets.refusals import refused
from returnplan.sheets.tables import Column, Table
from returnplan.sheets.wire import Job, RawSheet, load, receive, send


def read_tables(paths: Sequence[Path]) -> Iterator[list[Table]]:
    """Yield the sheets of each file, in the order of ``paths``; hidden sheets come without cells.

    The next file is opened while the caller works on the last one, no further ahead.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous; the message names it and the mend
    """
    names = shown_names(paths)
    with ThreadPoolExecutor(max_workers=1) as ahead, _Child() as child:
        coming = [ahead.submit(child.sheets_of, path) for path in paths[:1]]
        for index, name in enumerate(names):
            sheets = coming.pop().result()
            coming = [ahead.submit(child.sheets_of, path) for path in paths[index + 1 : index + 2]]
            yield [_table(name, sheet) for sheet in sheets]


def _table(file: str, sheet: RawSheet) -> Table:
    name, is_hidden, first_column, num_rows, columns, merged = sheet
    return Table(
        file=file,
        sheet=name,
        is_hidden=is_hidden,
        first_column=first_column,
        num_rows=num_rows,
        columns=tuple(Column(cells, np.frombuffer(codes, dtype=np.int32)) for cells, codes in columns),
        merged=tuple(merged),
    )


class _Child:
    """The process that opens the files; the first dangerous one is the last it opens."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-P", "-m", "returnplan.sheets.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what an aborting parser prints is of no use to a clerk
        )

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError), self._process:  # a job that the child did not live to take
            self._process.kill()

    def sheets_of(self, path: Path) -> list[RawSheet]:
        """Scan a file, have it opened, and return its sheets."""
        refusal, sheets = self._answer(examine(path))
        if refusal:
            raise refused(path, refusal)
        return sheets

    def _answer(self, job: Job) -> tuple[str, list[RawSheet]]:
        """Return an empty text and the sheets of a file, or the code of a refusal."""
        assert self._process.stdin
        assert self._process.stdout
        started = time.monotonic()
        deadline = Timer(job.seconds, self._process.kill)
        deadline.start()
        body = None
        try:
            with suppress(BrokenPipeError):
                send(self._process.stdin, job.to_bytes())
                body = receive(self._process.stdout)
        finally:
            deadline.cancel()
        if body is not None:
            refusal, sheets = load(body)
            return refusal, sheets
        is_late = time.monotonic() - started >= job.seconds
        return self._cause_of_death(is_late), []

    def _cause_of_death(self, is_late: bool) -> str:
        if is_late:
            return "too_slow"
        is_panic = self._process.wait() == 1  # out of memory, the parser aborts instead
        return "damaged" if is_panic else "too_large"
