"""Files that two processes read say what they say to one."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from returnplan.model.errors import InputRefused, UsageError
from returnplan.model.intake import Intake
from returnplan.reading import side_by_side
from returnplan.reading.file_outcome import FileOutcome
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.side_by_side import file_outcomes_side_by_side
from returnplan.sheets.second_process import SecondProcess
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row

SETTINGS = ReadingSettings(year=2021, headers={"name": ("尊姓大名",)})
NUM_FILES = 12


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "报 名"
    (folder / "旧").mkdir(parents=True)
    for number in range(NUM_FILES):
        rows = lines_of([signup_row(姓名=f"韦{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"), signup_row(姓名="")])
        save_xlsx(folder / f"{number:02}乡.xlsx", 报名=rows, 填写说明=[["请填写"]])
    save_csv(folder / "旧" / "四荣乡.csv", lines_of([signup_row(姓名="韦二")]), encoding="gb18030")
    (folder / "空.xlsx").write_bytes(b"")
    return folder


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[SecondProcess]:
    """Files are many from the first byte on; return the second processes that were started."""
    processes: list[SecondProcess] = []

    def start(module: str) -> SecondProcess:
        processes.append(SecondProcess(module))
        return processes[-1]

    monkeypatch.setattr(side_by_side, "LEAST_BYTES", 0)
    monkeypatch.setattr(side_by_side, "SecondProcess", start)
    return processes


def are_equal(one: Intake, other: Intake) -> bool:
    return one.signups.equals(other.signups) and replace(one, signups=other.signups) == other


def by_one(folder: Path) -> Intake:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(side_by_side, "LEAST_BYTES", sys.maxsize)
        return read_files([folder], SETTINGS)


def test_two_processes_read_what_one_reads(folder: Path, started: list[SecondProcess]) -> None:
    steps: list[tuple[int, int]] = []
    intake = read_files([folder], SETTINGS, progress=lambda done, total: steps.append((done, total)))
    assert len(started) == 1
    assert len(intake.signups) == NUM_FILES + 1
    assert are_equal(intake, by_one(folder))
    assert steps == [(done, NUM_FILES + 2) for done in range(1, NUM_FILES + 3)]


def test_the_second_process_reads_too(
    folder: Path, started: list[SecondProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain: Callable[[SecondProcess], Any] = SecondProcess.receive
    answers: list[object] = []

    def receive(self: SecondProcess) -> Any:
        answers.append(plain(self))
        return answers[-1]

    monkeypatch.setattr(SecondProcess, "receive", receive)
    read_files([folder], SETTINGS)
    assert isinstance(answers[0], FileOutcome)
    assert answers[-1] is None  # it has ended by itself


def test_few_bytes_start_no_second_process(folder: Path, started: list[SecondProcess]) -> None:
    assert len(by_one(folder).signups) == NUM_FILES + 1
    assert not started


def test_on_one_core_one_process_reads(
    folder: Path, started: list[SecondProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert len(read_files([folder], SETTINGS).signups) == NUM_FILES + 1
    assert not started


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("num_answers", [0, 1, 3])
def test_what_the_second_process_had_when_it_died_is_read_here(
    num_answers: int, folder: Path, started: list[SecondProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain: Callable[[SecondProcess], Any] = SecondProcess.receive
    answered: list[object] = []

    def receive(self: SecondProcess) -> Any:
        if len(answered) == num_answers:
            assert self._process
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
        answered.append(plain(self))
        return answered[-1]

    monkeypatch.setattr(SecondProcess, "receive", receive)
    assert are_equal(read_files([folder], SETTINGS), by_one(folder))
    assert len(started) == 1


def test_where_no_second_process_starts_this_one_reads(
    folder: Path, started: list[SecondProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain: Callable[..., Any] = subprocess.Popen

    def refuse(command: list[str], **options: Any) -> Any:
        if side_by_side.__name__ in command:
            raise OSError
        return plain(command, **options)

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert len(read_files([folder], SETTINGS).signups) == NUM_FILES + 1


def test_a_file_that_is_refused_ends_the_reading_and_the_second_process(
    folder: Path, started: list[SecondProcess]
) -> None:
    bad = folder / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing of a workbook")
    with pytest.raises(InputRefused, match="坏"):
        read_files([bad, folder], SETTINGS)
    (process,) = (one._process for one in started)
    assert process
    assert process.returncode is not None


def test_a_reader_who_stops_early_leaves_no_process(folder: Path, started: list[SecondProcess]) -> None:
    paths = sorted(folder.glob("*.xlsx"))
    options = (paths, [path.name for path in paths], [None] * len(paths), SETTINGS)
    with closing(file_outcomes_side_by_side(*options)) as read:
        next(read)
    (process,) = (one._process for one in started)
    assert process
    assert process.returncode is not None


def test_a_wrong_setting_is_told_by_this_process(folder: Path, started: list[SecondProcess]) -> None:
    with pytest.raises(UsageError):
        read_files([folder], ReadingSettings(year=2021, headers={"shoe_size": ("鞋码",)}))
