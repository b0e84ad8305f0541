"""No screen, no JSON and no log shows a name, an ID number or a phone, unless it was asked to."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.e2e.program import call
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

ID = "身份证号码"
PARTNERS = [signup_row(serial, 同行人=f"韦{chr(0x4E00 + 31 - serial)}") for serial in (15, 16)]
LOST = signup_row(21, 同行人="韦某某")
AGAIN = signup_row(3)
SAME_ID = [signup_row(serial, **{ID: id_number("450225", date(1985, 6, 7), 30)}) for serial in (22, 23)]
ROWS = [*(signup_row(serial) for serial in range(1, 15)), *PARTNERS, LOST, AGAIN, *SAME_ID]
SECRETS = {str(row[key]) for row in ROWS for key in ("姓名", ID, "联系电话")} | {"韦某某"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a plan and an older one: a party, somebody's twin row, two people of one ID number."""
    folder = tmp_path_factory.mktemp("office")
    save_xlsx(folder / "报名.xlsx", 报名=lines_of(ROWS[:12]))
    call(folder, "plan", "报名.xlsx")
    save_xlsx(folder / "报名.xlsx", 报名=lines_of(ROWS))
    call(folder, "plan", "报名.xlsx")
    return folder


SCREENS = [
    ["check", "报名.xlsx"],
    ["check", "报名.xlsx", "--json"],
    ["plan", "报名.xlsx", "--dry-run"],
    ["plan", "报名.xlsx", "--dry-run", "--json"],
    *(
        ["show", form]
        for form in ("batches", "riders", "unplanned", "employers", "days", "origins", "flows", "runs")
    ),
    ["show", "riders", "--csv"],
    ["show", "--json"],
    ["diff"],
    ["diff", "--json"],
    ["explain", "3"],
    ["explain", "1985"],
    ["publish", "--until", "2021-02-28"],
    ["notify"],
    ["dispatch"],
    ["doctor"],
]


@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_nobody_is_named_on_screen(words: list[str], office: Path) -> None:
    done = call(office, *words, exit_code=None)
    assert done.stdout + done.stderr
    assert [secret for secret in SECRETS if secret in done.stdout + done.stderr] == []


UNMASKED = [
    ["check", "报名.xlsx"],
    ["show", "riders"],
    ["show", "unplanned"],
    ["show", "--json"],
    ["diff"],
]


@pytest.mark.parametrize("words", UNMASKED, ids=" ".join)
def test_names_are_shown_when_asked_for(words: list[str], office: Path) -> None:
    shown = call(office, *words, "--unmask").stdout
    assert any(row["姓名"] in shown for row in ROWS)


def test_who_is_dropped_from_a_batch_is_named_only_when_asked_for(tmp_path: Path) -> None:
    save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(ROWS[:14]))
    call(tmp_path, "plan", "报名.xlsx")
    masked = call(tmp_path, "change", "0218-001", "--drop", "2")
    assert "编号2 韦*" in masked.stdout
    shown = call(tmp_path, "change", "0218-001", "--drop", "3", "--unmask")
    assert f"编号3 {ROWS[2]['姓名']}" in shown.stdout


def test_a_party_called_after_a_person_is_masked_and_still_one_party(office: Path) -> None:
    assert '"party":"韦*等2人"' in call(office, "show", "--json").stdout


DRIVER, DRIVER_PHONE = "陆文斌", "13807754000"
CONTACT, CONTACT_PHONE = "覃经理", "13900001111"
OTHERS = {DRIVER, DRIVER_PHONE, CONTACT, CONTACT_PHONE}


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a plan, an employer's contact, and a coach whose driver is known."""
    folder = tmp_path_factory.mktemp("depot")
    people = lines_of([signup_row(serial, 务工企业="东坑电子厂") for serial in range(1, 15)])
    save_xlsx(folder / "报名.xlsx", 报名=people)
    demand = {
        "企业名称": "东坑电子厂",
        "所在市": "东莞市",
        "需求人数": 5,
        "联系人": CONTACT,
        "联系电话": CONTACT_PHONE,
    }
    wrong = {
        **demand,
        "企业名称": "常平五金厂",
        "联系电话": f"{CONTACT_PHONE}{CONTACT_PHONE}",
        "需求人数": "多",
    }
    save_xlsx(folder / "用工.xlsx", 用工=lines_of([demand, wrong]))
    (folder / "returnplan.toml").write_text(
        f'[places]\n"老车站{DRIVER_PHONE}" = "融水县"\n[nightly]\ninbox = "报名.xlsx"\n', encoding="utf-8"
    )
    call(folder, "plan", "报名.xlsx", "用工.xlsx")
    call(folder, "change", "0218-001", "--driver", f"{DRIVER} {DRIVER_PHONE}", "--plate", "桂B12345", "--yes")
    edited(folder)
    return folder


def edited(folder: Path) -> None:
    """Write a third driver, and a rider of no number, into a copy of the plan workbook."""
    call(folder, "adopt", "plan.xlsx", exit_code=None)
    call(folder, "plan", "报名.xlsx", "用工.xlsx", "--out", "方案.xlsx")
    book = load_workbook(folder / "方案.xlsx")
    sheet = book["批次"]
    (header,) = (cell for line in sheet.iter_rows() for cell in line if cell.value == "驾驶员")
    sheet.cell(header.row + 1, header.column, f"{DRIVER} {DRIVER_PHONE}、{DRIVER}{DRIVER_PHONE}、{DRIVER}")
    book.save(folder / "方案.xlsx")


OF_OTHERS = [
    ["check", "报名.xlsx", "用工.xlsx"],
    ["check", "报名.xlsx", "用工.xlsx", "--json"],
    ["plan", "报名.xlsx", "用工.xlsx", "--dry-run", "--json"],
    *(["show", form] for form in ("batches", "riders", "unplanned", "employers", "runs")),
    ["show", "batches", "--csv"],
    ["show", "runs", "--json"],
    ["show", "--json"],
    ["explain", "3"],
    ["explain", DRIVER_PHONE],
    ["change", "0218-001", "--plate", "桂B54321"],
    ["change", "0218-001", "--drop", DRIVER_PHONE],
    ["verify", "方案.xlsx"],
    ["dispatch"],
    ["dispatch", "--read", "orders"],
    ["manifest"],
    ["nightly", "--as-of", "2021-02-01"],
]


@pytest.mark.parametrize("words", OF_OTHERS, ids=" ".join)
def test_neither_drivers_nor_contacts_are_named_on_screen(words: list[str], depot: Path) -> None:
    done = call(depot, *words, exit_code=None)
    assert done.returncode != 70
    log = depot / "nightly.log"
    seen = done.stdout + done.stderr + (log.read_text(encoding="utf-8") if log.exists() else "")
    assert [secret for secret in OTHERS if secret in seen] == []


def test_drivers_are_shown_when_asked_for(depot: Path) -> None:
    (batch,) = json.loads(call(depot, "show", "--json").stdout)["batches"]
    assert batch["drivers"] == ["陆** 138****4000"]
    unmasked = json.loads(call(depot, "show", "--json", "--unmask").stdout)
    assert unmasked["batches"][0]["drivers"] == [f"{DRIVER} {DRIVER_PHONE}"]
    assert f"老车站{DRIVER_PHONE}" in unmasked["run"]["config"]["places"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_for_posting_names_nobody(lang: str, office: Path) -> None:
    call(office, "report", "--lang", lang)
    page = (office / "report.html").read_text("utf-8")
    assert [secret for secret in SECRETS if secret in page] == []
