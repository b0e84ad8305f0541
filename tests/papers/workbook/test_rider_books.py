"""Workbooks of riders are drawn while something else is done, and seen only once they are put in place."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.papers.pages import Column, Page, read_marks, render
from returnplan.papers.pages.second_process import SecondProcess
from returnplan.papers.workbook.rider_books import RiderBook, RiderBooks

MARKS = {"run": "a" * 12}
PATIENCE_S = 20


def page(name: str = "乘车人员") -> Page:
    return Page(name, (Column("姓名", 9, ["甲", "乙", "甲"]),))


def books(folder: Path, num: int = 3) -> list[RiderBook]:
    return [RiderBook(folder / f"plan-{nth}.xlsx", lambda: page()) for nth in range(num)]


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_second_process_draws_the_same_bytes() -> None:
    with SecondProcess() as elsewhere:
        assert elsewhere.render([page()], MARKS) == render([page()], MARKS)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_where_the_second_process_dies_this_one_draws() -> None:
    with SecondProcess() as elsewhere:
        assert elsewhere._process
        os.kill(elsewhere._process.pid, signal.SIGKILL)
        elsewhere._process.wait()
        assert elsewhere.render([page()], MARKS) == render([page()], MARKS)


def test_where_no_second_process_starts_this_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with SecondProcess() as elsewhere:
        assert elsewhere.render([page()], MARKS) == render([page()], MARKS)


def test_workbooks_are_drawn_meanwhile_and_seen_once_put_in_place(tmp_path: Path) -> None:
    with RiderBooks(books(tmp_path), MARKS) as riders:
        wait_for(lambda: len(list(tmp_path.iterdir())) == 3)
        assert not list(tmp_path.glob("plan-*.xlsx"))
        riders.put_in_place()
        assert {path.name for path in tmp_path.iterdir()} == {f"plan-{nth}.xlsx" for nth in range(3)}
    assert all(read_marks(path) == MARKS for path in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 3


def test_nothing_is_left_where_the_plan_was_not_saved(tmp_path: Path) -> None:
    def fail_to_save() -> None:
        with RiderBooks(books(tmp_path), MARKS):
            wait_for(lambda: any(tmp_path.iterdir()))
            raise StoreError(Text("磁盘已满", "the disk is full"))

    with pytest.raises(StoreError):
        fail_to_save()
    assert not list(tmp_path.iterdir())


def test_a_page_that_cannot_be_made_ends_the_writing(tmp_path: Path) -> None:
    def broken() -> Page:
        raise ZeroDivisionError

    with (
        pytest.raises(ZeroDivisionError),
        RiderBooks([RiderBook(tmp_path / "plan-0.xlsx", broken)], MARKS) as riders,
    ):
        riders.put_in_place()
    assert not list(tmp_path.iterdir())
