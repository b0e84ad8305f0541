"""``dispatch``: what it says of order sheets that came back."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from returnplan.cli.main import cli
from tests.specimens.sheets import lines_of, save_xlsx, signup_row


def call(*words: str) -> Result:
    result = CliRunner().invoke(cli, [*words, "--lang", "zh"])
    assert result.exit_code == 0, result.output
    return result


def filled(path: Path, plate: str) -> Path:
    workbook = load_workbook(path)
    sheet = workbook["回填"]
    (header,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "车牌号")
    sheet.cell(header.row + 1, header.column).value = plate
    workbook.save(path)
    return path


def test_words_for_no_plate_over_a_known_one_ask_for_no_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    people = [signup_row(number) for number in range(1, 21)]
    call("plan", str(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(people))))
    call("dispatch", "--out", "派车")
    (order,) = (tmp_path / "派车").glob("*.xlsx")
    assert (
        "1 趟车有了新的车牌、驾驶员或列车席位"
        in call("dispatch", "--read", str(filled(order, "桂R12345"))).output
    )
    output = call("dispatch", "--read", str(filled(order, "待定"))).output
    assert "没有新的车牌、驾驶员或席位，已登记的不变" in output
    assert "manifest" not in output
