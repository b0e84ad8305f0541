"""What the program says no to: one clear line, the right exit code, nothing changed."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.e2e.program import call


def only(folder: Path, path: Path) -> bool:
    """Tell whether nothing but ``path`` (and the minimal list) is in the folder."""
    return {found.name for found in folder.iterdir()} <= {"signups.xlsx", path.name}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报名.xlsx", b"this is no spreadsheet"),
        ("empty.xlsx", b""),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("cut.xlsx", b"PK\x03\x04\x14\x00"),
    ],
)
def test_no_spreadsheet_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = call(tmp_path, "plan", name, exit_code=3)
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert only(tmp_path, file)


def test_a_missing_file_is_refused(empty: Path) -> None:
    done = call(empty, "plan", "没有这个文件.xlsx", exit_code=None)
    assert done.returncode in (2, 3)
    assert "没有这个文件.xlsx" in done.stderr


def test_check_says_the_refusal_before_its_hints(tmp_path: Path) -> None:
    """What to do next stands last, where it is read."""
    (tmp_path / "signups.csv").write_text("姓名,身份证号码,务工城市\n韦一,123,东莞市\n", encoding="utf-8")
    lines = call(tmp_path, "check", "signups.csv", exit_code=3).stderr.splitlines()
    (refusal,) = (i for i, line in enumerate(lines) if "没有一行可用" in line)
    assert [line[:3] for line in lines[refusal + 1 :]][-1] == "下一步"


def test_a_sheet_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["菜名", "价格"])
    book.active.append(["米粉", 8])
    book.save(tmp_path / "菜单.xlsx")
    assert "菜单.xlsx" in call(tmp_path, "plan", "菜单.xlsx", exit_code=3).stderr


def first_rows(source: Path, target: Path, num_people: int) -> None:
    book = load_workbook(source)
    book.active.delete_rows(2 + num_people, book.active.max_row)
    book.save(target)


def test_a_list_without_people_is_refused(empty: Path) -> None:
    first_rows(empty / "signups.xlsx", empty / "none.xlsx", 0)
    assert "none.xlsx" in call(empty, "plan", "none.xlsx", exit_code=3).stderr
    assert not (empty / "plan.xlsx").exists()


def test_one_person_alone_cannot_be_planned(empty: Path) -> None:
    """Nobody charters a coach for one: exit 6, with the reason and what would help, and nothing is saved."""
    first_rows(empty / "signups.xlsx", empty / "one.xlsx", 1)
    said = call(empty, "plan", "one.xlsx", exit_code=6)
    assert "what would help" in said.stdout
    assert not (empty / "plan.xlsx").exists()
    assert "what would help" not in call(empty, "plan", "signups.xlsx").stdout


def test_a_misspelt_city_gets_the_nearest(gangnan: Path) -> None:
    assert "东莞市" in call(gangnan, "manifest", "--city", "Dongguang", exit_code=2).stderr


def test_a_misspelt_rule_gets_the_nearest(empty: Path) -> None:
    (empty / "returnplan.toml").write_text("[rules]\nmin_loud = 5\n", encoding="utf-8")
    assert "min_load" in call(empty, "plan", "signups.xlsx", exit_code=2).stderr


def test_a_misspelt_command_gets_the_nearest(empty: Path) -> None:
    assert "plan" in call(empty, "plam", "signups.xlsx", exit_code=2).stderr


def test_papers_before_a_plan_say_what_to_do(empty: Path) -> None:
    assert "returnplan plan" in call(empty, "manifest", exit_code=None).stderr


def test_once_sheets_are_read_a_refusal_is_in_their_language(empty: Path) -> None:
    """Neither option nor rules tell one: the headers of this call do, later those of the last plan."""
    (empty / "file").write_text("no folder")
    done = call(empty, "plan", "signups.xlsx", "--out", "file/plan.xlsx", exit_code=5)
    assert "cannot be written" in done.stderr
    assert "无法写入" not in done.stderr
    assert "there is no single run" in call(empty, "show", "--run", "zzz", exit_code=None).stderr
    assert "方案" in call(empty, "show", "--run", "zzz", "--lang", "zh", exit_code=None).stderr
