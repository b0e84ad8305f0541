"""docs/contract.md says what the code does: its keys, columns, sheets and exit codes, and the places that cite it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.assembly.views import flows_of
from returnplan.cli.render.forms import flow_json
from returnplan.contract import View, check_json, plan_json
from returnplan.edits.aboard import with_aboard
from returnplan.edits.diff import diff, diff_json
from returnplan.model.errors import ReturnplanError
from returnplan.model.intake import SheetReport
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.records import FleetRow
from returnplan.model.rules import Rules
from returnplan.papers.workbook import write_plan_workbook
from returnplan.reading.sheet import layouts
from tests.property.campaigns import FACTORY, Campaign, planned
from tests.specimens.intakes import DAY, signup
from tests.specimens.plans import make_header

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
ANCHOR = re.compile(r"docs/([\w-]+\.md)#([\w-]+)")
CODED = re.compile(r"`([^`]+)`")
"""What stands in the page as code."""


def anchors_of(page: str) -> set[str]:
    """Return the anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def section(title: str) -> str:
    """Return the text under a heading."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows_of(title: str) -> Iterator[list[str]]:
    """Yield the cells of the table under a heading, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def cited() -> list[tuple[str, str, str]]:
    """Return each citation of a page's section in the code: the file, the page, the anchor."""
    files = [
        path
        for folder in ("src", "tests", "benchmarks", "examples")
        for path in (ROOT / folder).rglob("*.py")
    ]
    return [
        (path.relative_to(ROOT).as_posix(), *found)
        for path in files
        for found in ANCHOR.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_cited_section_exists() -> None:
    citations = cited()
    assert len(citations) > 10
    pages = {page: anchors_of((ROOT / "docs" / page).read_text(encoding="utf-8")) for _, page, _ in citations}
    assert [one for one in citations if one[2] not in pages[one[1]]] == []


def test_nothing_cites_a_page_that_is_not_in_the_repository() -> None:
    elsewhere = re.compile(r"\bSPEC\b|\bDOMAIN\b|\bFINDINGS\b")
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("src", "tests", "benchmarks", "examples", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".md", ".toml", ".cpp", ".h") and path != Path(__file__)
        if elsewhere.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_exit_codes_are_those_of_the_code() -> None:
    told = {int(code) for code, _ in rows_of("Exit codes")}
    assert told == {0, 1, *(error.exit_code for error in ReturnplanError.__subclasses__())}


def test_the_hard_rules_of_the_audit_have_a_number_on_the_page() -> None:
    numbers = {int(number) for number in re.findall(r"^(\d+)\. \*\*", section("Hard rules"), re.MULTILINE)}
    audit = ROOT / "src" / "returnplan" / "audit"
    promises = "".join(path.read_text(encoding="utf-8") for path in audit.glob("*.py"))
    checked = {int(number) for number in re.findall(r"Promise\(\s*\"\w+\",\s*(\d+),", promises)}
    assert checked == numbers - {10}  # what the tenth says is a warning of the others


# The JSON.

HIRING = Campaign(
    (
        *(
            signup(serial, pickup="融水东站", earliest=DAY, latest=DAY + timedelta(days=2))
            for serial in range(1, 6)
        ),
        signup(6, pickup="融水东站", city="无此市"),
    ),
    (FleetRow(ref="车辆.xlsx!车辆!2", vehicle="7座", seats=7, fixed_yuan=500.0, per_km_yuan=1.0),),
    (FACTORY,),
    Rules(min_load=1),
    as_of=None,
)
"""Five job seekers for two vacancies, and a city that does not exist."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return with_aboard(planned(HIRING).plan, ())


def told_keys() -> dict[str, set[str]]:
    """Return the keys of each object that the page names."""
    return {
        name: set(CODED.findall(keys)) for names, keys in rows_of("JSON") for name in CODED.findall(names)
    }


def keys_of(objects: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the keys that all of some objects have, of which there must be one."""
    (keys,) = {frozenset(one) for one in objects}
    return set(keys)


def made_keys(plan: Plan, header: RunHeader) -> dict[str, set[str]]:
    """Return the keys of each object that the program prints."""
    whole = plan_json(header, plan, View("en"))
    summary, batches = whole["summary"], whole["batches"]
    report = SheetReport("报名.xlsx", "报名", "signups", 1, 6, 5)
    checked = check_json((report,), plan.faults, View("en"))
    later = tuple(replace(batch, date=batch.date + timedelta(days=1)) for batch in plan.batches)
    nobody = replace(plan, batches=(), riders=plan.riders.iloc[:0])
    came, moved, left = (
        diff_json(diff(*plans))
        for plans in ((nobody, plan), (plan, replace(plan, batches=later)), (plan, nobody))
    )
    return {
        "plan": set(whole),
        "run": set(whole["run"]),
        "input": keys_of(whole["run"]["inputs"]),
        "summary": set(summary),
        "account": keys_of([*summary["payers"], *(one for batch in batches for one in batch["payers"])]),
        "day": keys_of(summary["days"].values()),
        "city": keys_of(summary["cities"].values()),
        "origin": keys_of(summary["origins"].values()),
        "batch": keys_of(batches),
        "stop": keys_of(stop for batch in batches for stop in batch["stops"]),
        "rest": keys_of(rest for batch in batches for rest in batch["rests"]),
        "rider": keys_of(rider for batch in batches for rider in batch["riders"]),
        "unplanned": keys_of(whole["unplanned"]),
        "fault": keys_of(whole["faults"]),
        "match": keys_of(whole["matches"]),
        "flow": keys_of(map(flow_json, flows_of(plan))),
        "check": set(checked),
        "sheet": keys_of(checked["sheets"]),
        "diff": set(came),
        "new": keys_of(came["new"]),
        "moved": keys_of(moved["moved"]),
        "off": keys_of(left["off"]),
        "from": keys_of(one["from"] for one in left["off"]),
        "to": keys_of(one["to"] for one in came["new"]),
    }


def test_the_json_keys_are_those_of_the_code(plan: Plan) -> None:
    assert made_keys(plan, make_header()) == told_keys()


def test_what_unmask_adds_is_on_the_page(plan: Plan) -> None:
    shown = plan_json(make_header(), plan, View("en", unmask=True))
    riders = keys_of(rider for batch in shown["batches"] for rider in batch["riders"])
    assert riders - told_keys()["rider"] == {"name", "id_number", "phone", "order_no"}
    assert keys_of(shown["unplanned"]) - told_keys()["unplanned"] == {"name", "phone"}


# The sheets.


def test_the_columns_of_each_kind_of_sheet_are_those_of_the_code() -> None:
    told = {}
    for kind, columns in rows_of("Sheets"):
        (name,) = CODED.findall(kind)
        needed = re.findall(r"`(\w+)`\\\*", columns)
        of_these = re.findall(r"\((.+?)\)", columns)
        told[name] = (
            sorted(set(CODED.findall(columns))),
            sorted(needed),
            [sorted(CODED.findall(group)) for group in of_these],
        )
    assert told == {
        layout.kind: (
            sorted(column.name for column in layout.fields),
            sorted(column.name for column in layout.fields if column.required),
            [sorted(group) for group in layout.any_of],
        )
        for layout in layouts(None)
    }


def test_the_sheets_of_the_plan_workbook_are_those_of_the_code(plan: Plan, tmp_path: Path) -> None:
    write_plan_workbook(plan, make_header(), tmp_path / "plan.xlsx", lang="en")
    (told,) = re.findall(r"plan.xlsx has the sheets ([\w, ]+)\.", PAGE)
    assert load_workbook(tmp_path / "plan.xlsx").sheetnames == told.split(", ")
