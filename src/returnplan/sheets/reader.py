"""Read files into raw tables: a scan, then a limited child process; one clear refusal if either fails."""

import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import closing, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import RLock, Thread, Timer

from returnplan.sheets.files import located, readable, shown_names
from returnplan.sheets.guard import examine
from returnplan.sheets.refusals import FileRefused, machine_refuses, refused
from returnplan.sheets.tables import Column, Table
from returnplan.sheets.wire import Answer, Job, RawSheet, load, receive, send

_KILLED = -9  # by a signal of the system: our own limit makes the parser abort
_USED_UP = -24  # by the limit of processor time
_PATIENCE = 1 if sys.platform == "win32" else 10
"""How many times its seconds a file may take where others use the machine; the processor's own seconds are limited,
but not on Windows."""


def read_tables(paths: Sequence[Path]) -> Iterator[list[Table]]:
    """Yield the sheets of each file in the order of ``paths``; a hidden sheet has no cells.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous; the message names it and the fix
    StoreError : the machine has too little memory
    """
    with closing(open_files(paths, shown_names(paths))) as opened:
        for tables in opened:
            if isinstance(tables, FileRefused):
                raise tables
            yield [
                replace(table, num_rows=0, columns=(), merged=()) if table.is_hidden else table
                for table in tables
            ]


def open_files(paths: Iterable[Path], names: Iterable[str]) -> Generator[list[Table] | FileRefused]:
    """Yield the sheets of each file in the order of ``paths``, or the refusal of the file.

    The next file is asked for and opened while the caller works on the present one, but no further ones. ``names`` are
    those under which the files are shown.

    Raises
    ------
    StoreError : the machine has too little memory
    """
    ahead = iter(paths)
    with _Child() as child:
        coming = [_in_background(child, path) for path in islice(ahead, 1)]
        for name in names:
            sheets = coming.pop().result()
            coming = [_in_background(child, path) for path in islice(ahead, 1)]
            yield sheets if isinstance(sheets, FileRefused) else [_table(name, sheet) for sheet in sheets]


def _in_background(child: "_Child", path: Path) -> "Future[list[RawSheet] | FileRefused]":
    """Scan a file here, then open it in a background thread.

    A scan in the thread would wait for the interpreter at each of its reads while the caller works, and the process
    would begin when the caller is done. If the caller stops early, any thread may clean up; a thread pool would make
    it wait.
    """
    future: Future[list[RawSheet] | FileRefused] = Future()
    try:
        job = examine(located(path))
    except FileRefused as refusal:
        future.set_result(refusal)
        return future

    def run() -> None:
        try:
            future.set_result(child.sheets_of(path, job))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def _table(file: str, sheet: RawSheet) -> Table:
    import numpy as np  # who only writes papers that may come back does without

    name, is_hidden, first_column, num_rows, columns, merged = sheet
    return Table(
        file=file,
        sheet=readable(name),  # a CSV has the name of its file
        is_hidden=is_hidden,
        first_column=first_column,
        num_rows=num_rows,
        columns=tuple(Column(cells, np.frombuffer(codes, dtype=np.int32)) for cells, codes in columns),
        merged=tuple(merged),
    )


class _Child:
    """The process that opens the files; if a file kills it, a new process opens the next file."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False
        self._starting = RLock()  # a process that starts while the reading is given up would be left over
        self._most_memory_bytes = -1

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        with self._starting:
            self._is_over = True
        self._end()

    def sheets_of(self, path: Path, job: Job) -> list[RawSheet] | FileRefused:
        """Open a file in the process, and return its sheets or the refusal."""
        refusal, what, sheets = self._answer(job)
        return refused(path, refusal, what) if refusal else sheets

    def _answer(self, job: Job) -> Answer:
        """Return the answer to a job; one that needs much memory is tried again where nothing was opened before.

        A process keeps the address space that a larger file took, and a smaller one has a lower limit.
        """
        is_fresh = self._process is None
        answer = self._attempt(job)
        if answer[0] == "too_large" and not is_fresh:
            self._end()
            answer = self._attempt(job)
        if answer[0] == "too_large" and 0 <= self._most_memory_bytes < job.memory_bytes:
            raise machine_refuses()
        return answer

    def _attempt(self, job: Job) -> Answer:
        process = self._running()
        assert process.stdin
        assert process.stdout
        started = time.monotonic()
        deadline = Timer(_PATIENCE * job.seconds, process.kill)
        deadline.start()
        body = None
        try:
            with suppress(BrokenPipeError):
                send(process.stdin, job.to_bytes())
                body = receive(process.stdout)
        finally:
            deadline.cancel()
        if body is not None:
            answer: Answer = load(body)
        else:
            is_late = time.monotonic() - started >= _PATIENCE * job.seconds
            answer = self._cause_of_death(process, is_late), "", []
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the running process; start one if there is none.

        Raises
        ------
        StoreError : it does not start
        """
        with self._starting:
            if not self._process and not self._is_over:
                self._process, self._most_memory_bytes = _started()
            if not self._process:
                raise CancelledError
            return self._process

    def _cause_of_death(self, process: subprocess.Popen[bytes], is_late: bool) -> str:
        """Return the code of a refusal.

        Raises
        ------
        StoreError : the system killed the process, as it does where memory is full
        """
        self._end()
        if is_late or process.returncode == _USED_UP:
            return "too_slow"
        if process.returncode == _KILLED:
            raise machine_refuses()
        is_panic = process.returncode == 1  # out of memory, the parser aborts instead
        return "damaged" if is_panic else "too_large"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            with suppress(BrokenPipeError), process:  # a job that the child did not live to take
                process.kill()


def _started() -> tuple[subprocess.Popen[bytes], int]:
    """Return a new process and its memory limit in bytes (-1: none).

    Raises
    ------
    StoreError : it does not start
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "returnplan.sheets.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what an aborting parser prints is of no use to a clerk
        )
    except OSError as error:
        raise machine_refuses() from error
    assert process.stdout
    greeting = receive(process.stdout)
    if greeting is None:
        with process:
            raise machine_refuses()
    return process, load(greeting)
