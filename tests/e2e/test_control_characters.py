"""No output of any command holds a character that steers a terminal, hides, or turns the letters around it."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from returnplan.cli.main import SUMMARIES
from returnplan.model.harmless import harmless
from tests.e2e.program import Done, call
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, save_csv, signup_row

HARM = "\x1b]0;t\x07\x1b[2J\x9b2J\x08\u202e\u2066\u200b\u200e"
NAME = HARM.translate(dict.fromkeys(range(32))) if sys.platform == "win32" else f"{HARM}\x1b[31m"
"""What a file name may hold besides."""

MARKUP = "[red]"
FULL = {
    "乡镇": "安太乡",
    "下车地点": "东坑车站",
    "务工企业": "东坑电子厂",
    "工种": "普工",
    "同行人": "",
    "备注": "晕车",
}


def harmed(row: dict[str, object], *columns: str) -> dict[str, object]:
    return {key: f"{value}{MARKUP}{HARM}" if key in columns else value for key, value in row.items()}


def rows() -> list[dict[str, object]]:
    """Return sound rows with a harmful name, and a harmful cell in every column of some row."""
    sound = [harmed(signup_row(serial, **FULL), "姓名", "备注", "上车地点") for serial in range(1, 15)]
    each = [
        harmed(signup_row(20 + n, **FULL), column) for n, column in enumerate(signup_row(1, **FULL)) if column
    ]
    twins = [signup_row(n, **FULL, 身份证号码=id_number("450225", date(1985, 6, 7), 60)) for n in (50, 51)]
    return [*sound, *each, harmed(signup_row(48, **FULL), *signup_row(1, **FULL)), *twins]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a plan of people, an employer, a coach and places whose every text is harmful."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "inbox").mkdir()
    lines = lines_of(rows())
    lines[0] = [*lines[0], f"没有这一列{HARM}"]
    save_csv(folder / f"报名{NAME}.csv", [*lines, [HARM] * len(lines[0])])
    demand = [["企业名称", "所在市", "需求人数", "联系人"], [f"东坑{HARM}厂", "东莞市", f"5{HARM}", HARM]]
    save_csv(folder / f"用工{NAME}.csv", [*demand, [f"{HARM}厂", f"东莞市{HARM}", "5", ""]])
    save_csv(folder / "别的.csv", [[f"{HARM}菜名", "价格"], [HARM, "8"]])
    (folder / f"坏{NAME}.xlsx").write_bytes(b"PK no workbook")
    (folder / f"规则{NAME}.toml").write_text(
        '[rules]\n"键\\u001b\\u202e" = 1\nmax_pickups = "\\u009b\\u2066"\n', encoding="utf-8"
    )
    call(folder, "plan", f"报名{NAME}.csv")
    call(folder, "plan", f"报名{NAME}.csv", f"用工{NAME}.csv")
    for file in folder.glob("*.csv"):
        if file.name != "别的.csv":
            (folder / "inbox" / file.name).write_bytes(file.read_bytes())
    return folder


FORMS = ("batches", "riders", "unplanned", "employers", "days", "origins", "flows", "runs")
COMMANDS = [
    ["init", f"新{NAME}"],
    ["check", f"报名{NAME}.csv", f"用工{NAME}.csv"],
    ["check", f"报名{NAME}.csv", f"用工{NAME}.csv", "--json"],
    ["check", f"报名{NAME}.csv", "--json", "--unmask"],
    ["check", f"报名{NAME}.csv", "--unmask", "--report", f"退回{NAME}"],
    ["check", "."],
    ["check", f"坏{NAME}.xlsx"],
    ["check", f"没有{NAME}.xlsx"],
    ["plan", f"报名{NAME}.csv", "--dry-run"],
    ["plan", f"报名{NAME}.csv", "--allow-drop", "--json", "--unmask", "--dry-run"],
    ["plan", f"坏{NAME}.xlsx"],
    ["plan", "别的.csv"],
    ["plan", f"报名{NAME}.csv", "--config", f"规则{NAME}.toml"],
    ["plan", f"报名{NAME}.csv", "--config", f"没有{NAME}.toml"],
    ["plan", f"报名{NAME}.csv", "--time-limit", HARM],
    ["plan", f"报名{NAME}.csv", "--as-of", HARM],
    *(["show", form, *more] for form in FORMS for more in ([], ["--csv"], ["--unmask"])),
    ["show", "--json"],
    ["show", "--json", "--unmask"],
    ["show", "--run", HARM],
    ["show", HARM],
    ["diff"],
    ["diff", "--unmask"],
    ["diff", "--json"],
    ["publish", HARM],
    ["publish", "--city", HARM],
    ["publish", "0218-001"],
    ["recall", "0218-001"],
    ["manifest", "--out", f"名单{NAME}"],
    ["manifest", "--from", HARM],
    ["manifest", "--employers", "--out", f"到岗{NAME}"],
    ["manifest", "--password-file", f"密码{NAME}"],
    ["change", "0218-001", "--plate", f"桂B{HARM}", "--driver", f"陆{HARM} 13807754000", "--yes"],
    ["change", "0218-001", "--drop", "3", "--unmask"],
    ["change", "0218-001", "--drop", HARM],
    ["change", HARM, "--cancel"],
    ["verify", "plan.xlsx"],
    ["verify", f"没有{NAME}.xlsx"],
    ["adopt", "plan.xlsx"],
    ["adopt", f"坏{NAME}.xlsx"],
    ["notify", "--out", f"通知{NAME}"],
    ["notify", "--read", f"报名{NAME}.csv"],
    ["dispatch", "--out", f"派车{NAME}"],
    ["dispatch", "--read", f"用工{NAME}.csv"],
    ["board", f"名单{NAME}", "--out", f"上车{NAME}"],
    ["board", f"报名{NAME}.csv"],
    ["explain", "3"],
    ["explain", "1"],
    ["explain", HARM],
    ["headers", f"报名{NAME}.csv", "--unmask"],
    ["headers", "--learn", "别的.csv"],
    ["report", "--out", f"报告{NAME}.html"],
    ["report", "--since", HARM],
    ["rollup", f"报告{NAME}.html", f"报名{NAME}.csv", f"没有{NAME}.html", "--out", f"汇总{NAME}.xlsx"],
    ["rollup", "."],
    ["nightly", "--as-of", "2021-02-01"],
    ["doctor"],
    ["doctor", f"没有{NAME}"],
    ["purge", "--before", HARM],
    ["purge", "--before", "2021-01-01"],
    [HARM],
    ["plan", f"--{HARM}"],
    ["plan", f"--quiet={HARM}"],
]


def outputs(done: Done) -> str:
    """Return all that was written; the mark that Excel needs at the start of a CSV is none of a cell."""
    return done.stdout.removeprefix("\ufeff").replace("\r\n", "\n") + done.stderr


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: harmless(" ".join(words)))
def test_outputs_hold_letters_only(words: list[str], office: Path) -> None:
    done = call(office, *words, exit_code=None)
    assert outputs(done)
    assert done.returncode != 70
    assert "Traceback" not in outputs(done)
    assert harmless(outputs(done)) == outputs(done)


def test_every_command_is_tried() -> None:
    assert {words[0] for words in COMMANDS} >= set(SUMMARIES)


def test_what_is_written_out_is_seen(office: Path) -> None:
    """Without it the test above would also hold for a program that shows nothing of a cell."""
    shown = call(office, "show", "riders", "--unmask", "--csv").stdout
    assert "<U+001B>" in shown
    assert MARKUP in shown
    assert "<U+202E>" in call(office, "check", f"没有{NAME}.xlsx", exit_code=3).stderr


def test_json_gives_the_true_text(office: Path) -> None:
    done = call(office, "show", "--json", "--unmask")
    riders = [rider for batch in json.loads(done.stdout)["batches"] for rider in batch["riders"]]
    assert any("\x1b" in rider["name"] for rider in riders)


def test_the_log_of_the_night_holds_letters_only(office: Path) -> None:
    call(office, "nightly", "--as-of", "2021-02-01", exit_code=None)
    (office / "inbox" / f"坏{NAME}.csv").write_bytes(b"\0\0\0")
    call(office, "nightly", "--as-of", "2021-02-02", exit_code=None)
    log = (office / "nightly.log").read_text(encoding="utf-8")
    assert log
    assert harmless(log) == log
    assert all(json.loads(line) for line in log.splitlines())
