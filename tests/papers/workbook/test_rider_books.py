"""Workbooks of riders are drawn while something else is done, and seen only once they are put in place."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.papers.outfiles import Aside, write_aside
from returnplan.papers.pages import Column, Page, read_marks, render
from returnplan.papers.pages.second_process import Drawer
from returnplan.papers.workbook.rider_books import RiderBook, RiderBooks

ROOM = sys.modules[RiderBooks.__module__]  # its name in the package is a function
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
    with Drawer() as elsewhere:
        assert elsewhere.render([page()], MARKS) == render([page()], MARKS)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_where_the_second_process_dies_this_one_draws() -> None:
    with Drawer() as elsewhere:
        process = elsewhere._process._process
        assert process
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert elsewhere.render([page()], MARKS) == render([page()], MARKS)


def test_where_no_second_process_starts_this_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with Drawer() as elsewhere:
        assert elsewhere.render([page()], MARKS) == render([page()], MARKS)


def test_workbooks_are_drawn_meanwhile_and_written_once_put_in_place(tmp_path: Path) -> None:
    drawn: list[int] = []

    def counted() -> Page:
        drawn.append(1)
        return page()

    with RiderBooks([book._replace(page=counted) for book in books(tmp_path)], MARKS) as riders:
        wait_for(lambda: len(drawn) == 3)
        assert not list(tmp_path.iterdir())
        riders.put_in_place()
        assert {path.name for path in tmp_path.iterdir()} == {f"plan-{nth}.xlsx" for nth in range(3)}
    assert all(read_marks(path) == MARKS for path in tmp_path.iterdir())
    assert len(drawn) == 3


def test_a_plan_is_saved_where_its_papers_have_no_room(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with RiderBooks(books(tmp_path / "file"), MARKS) as riders:
        riders._meanwhile.result(PATIENCE_S)
        with pytest.raises(StoreError):
            riders.put_in_place()


def test_only_so_much_is_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ROOM, "MOST_BYTES", 1)
    with RiderBooks(books(tmp_path), MARKS) as riders:
        riders._meanwhile.result(PATIENCE_S)
        assert len(riders._waiting) == 2
        riders.put_in_place()
    assert len(list(tmp_path.glob("plan-*.xlsx"))) == 3


def test_where_the_disk_has_room_they_are_written_aside_meanwhile(tmp_path: Path) -> None:
    with RiderBooks(books(tmp_path), MARKS, num_riders=3) as riders:
        riders._meanwhile.result(PATIENCE_S)
        assert not riders._drawn
        assert {path.name[0] for path in tmp_path.iterdir()} == {"."}
        riders.put_in_place()
    assert {path.name for path in tmp_path.iterdir()} == {f"plan-{nth}.xlsx" for nth in range(3)}


def test_what_was_written_aside_goes_where_the_plan_is_not_saved(tmp_path: Path) -> None:
    with RiderBooks(books(tmp_path), MARKS, num_riders=3) as riders:
        riders._meanwhile.result(PATIENCE_S)
        assert len(list(tmp_path.iterdir())) == 3
    assert not list(tmp_path.iterdir())


def test_a_disk_with_little_room_has_none_before_the_plan_is_saved(
    tmp_path: Path,
) -> None:
    num_riders = 1 + shutil.disk_usage(tmp_path).free // ROOM.ROOM_BYTES_A_RIDER * 2
    with RiderBooks(books(tmp_path), MARKS, num_riders) as riders:
        riders._meanwhile.result(PATIENCE_S)
        assert len(riders._drawn) == 3
        assert not list(tmp_path.iterdir())


def test_a_disk_that_does_not_tell_its_room_has_none_before_the_plan_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    with RiderBooks(books(tmp_path), MARKS, num_riders=3) as riders:
        riders._meanwhile.result(PATIENCE_S)
        assert not list(tmp_path.iterdir())
        riders.put_in_place()
    assert len(list(tmp_path.glob("plan-*.xlsx"))) == 3


def test_a_disk_that_refuses_meanwhile_may_take_them_once_the_plan_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> Aside:
        raise StoreError(Text("磁盘已满", "the disk is full"))

    monkeypatch.setattr(ROOM, "write_aside", refuse)
    with RiderBooks(books(tmp_path), MARKS, num_riders=3) as riders:
        riders._meanwhile.result(PATIENCE_S)
        assert len(riders._drawn) == 3
        monkeypatch.undo()
        riders.put_in_place()
    assert {path.name for path in tmp_path.iterdir()} == {f"plan-{nth}.xlsx" for nth in range(3)}


def test_none_is_put_in_place_where_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_but_the_last(path: Path, content: bytes) -> Aside:
        if path.stem == "plan-2":
            raise StoreError(Text("磁盘已满", "the disk is full"))
        return write_aside(path, content)

    monkeypatch.setattr(ROOM, "write_aside", write_but_the_last)
    with pytest.raises(StoreError, match="full"), RiderBooks(books(tmp_path), MARKS) as riders:
        riders.put_in_place()
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
