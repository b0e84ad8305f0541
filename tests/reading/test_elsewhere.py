"""Files that other processes read say what they say here."""

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from returnplan.model.errors import InputRefused, StoreError
from returnplan.model.intake import Intake
from returnplan.reading import elsewhere
from returnplan.reading.elsewhere import Readers
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.sheets.refusals import machine_refuses
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row

SETTINGS = ReadingSettings(year=2021, headers={"name": ("尊姓大名",)})


class AnotherProcess(Executor):
    """Works at once, but everything is pickled on the way there and on the way back; ``num_jobs`` counts."""

    def __init__(self) -> None:
        self.num_jobs = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.num_jobs += 1
        future: Future[Any] = Future()
        work, words = pickle.loads(pickle.dumps((fn, args)))
        try:
            future.set_result(pickle.loads(pickle.dumps(work(*words))))
        except Exception as error:
            future.set_exception(pickle.loads(pickle.dumps(error)))
        return future


def both(*paths: Path, num_jobs: int | None = None) -> Intake:
    """Return the intake, after having seen that it is the same when others read."""
    there = AnotherProcess()
    read, here = read_files(paths, SETTINGS, readers=Readers(there, 2)), read_files(paths, SETTINGS)
    assert read.signups.equals(here.signups)
    assert replace(read, signups=here.signups) == here
    assert num_jobs in (None, there.num_jobs)
    return here


def a_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "报 名"
    (folder / "旧").mkdir(parents=True)
    save_xlsx(
        folder / "安太乡.xlsx", 报名=lines_of([signup_row(), signup_row(姓名="")]), 填写说明=[["请填写"]]
    )
    save_xlsx(folder / "旧" / "安太乡.xlsx", 报名=lines_of([signup_row(姓名="韦一")]))
    save_csv(folder / "四荣乡.csv", lines_of([signup_row(姓名="韦二")]), encoding="gb18030")
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "说明.doc").write_text("韦三 13877112233")
    return folder


def test_a_folder_of_all_kinds(tmp_path: Path) -> None:
    intake = both(a_folder(tmp_path), num_jobs=1)
    assert len(intake.signups) == 3
    assert {fault.code for fault in intake.faults} >= {"file_not_read"}


def test_many_files_travel_in_several_parcels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_JOB_BYTES", 1)
    for number in range(9):
        save_xlsx(tmp_path / f"{number}乡.xlsx", 报名=lines_of([signup_row(姓名=f"韦{number}")]))
    intake = both(tmp_path, num_jobs=9)
    assert intake.signups["name"].tolist() == [f"韦{number}" for number in range(9)]


def test_what_is_too_large_to_travel_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path)
    monkeypatch.setattr(elsewhere, "_MOST_BYTES", (folder / "四荣乡.csv").stat().st_size)
    assert len(both(folder).signups) == 3


def test_a_refusal_names_the_file_by_its_own_path(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of a workbook")
    with pytest.raises(InputRefused) as here:
        read_files([path], SETTINGS)
    with pytest.raises(InputRefused) as there:
        read_files([path], SETTINGS, readers=Readers(AnotherProcess(), 1))
    assert there.value.message == here.value.message
    assert str(path) in there.value.message.zh


def test_an_error_keeps_both_languages_on_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise machine_refuses()

    monkeypatch.setattr(elsewhere, "file_outcomes", refuse)
    path = save_xlsx(tmp_path / "a.xlsx", 报名=lines_of([signup_row()]))
    with pytest.raises(StoreError) as error:
        read_files([path], SETTINGS, readers=Readers(AnotherProcess(), 1))
    assert error.value.message == machine_refuses().message
