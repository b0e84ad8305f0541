"""The page as text: what it says, in both languages, and that nothing of a sheet becomes part of the page."""

import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest

from returnplan.model.plan import Plan
from returnplan.model.texts import Lang
from returnplan.papers.report import Changes, HandEdits, report_page
from tests.specimens.plans import make_header, make_plan

CHANGES = Changes("9f8e7d", datetime(2021, 2, 19, 18, 0), 3, 2, 0, 1, 63, 2, 13000.0)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
FORMULA = '=HYPERLINK("http://x","点我")'


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _parsed(page: bytes) -> _Tags:
    parser = _Tags()
    parser.feed(page.decode())
    return parser


def _words(page: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(_parsed(page).words))


def _page(plan: Plan | None = None, lang: Lang = "zh", **more: object) -> bytes:
    return report_page(make_header(), plan or make_plan(), lang, **more)  # type: ignore[arg-type]


def test_the_cost_stands_beside_its_bound_in_words() -> None:
    assert "要付的车费 13,569 元，平均每人 209 元。 排车时另给每多停一站计价，共 300 元，不用付" in _words(
        _page()
    )
    assert "任何安排都不会低于 13,000 元；即使最好的安排，最多也只能再省 869 元(6.3%)" in _words(_page())
    assert "no plan for these people costs less than 13,000 yuan" in _words(_page(lang="en"))


def test_a_plan_at_its_bound_is_said_to_be_the_best() -> None:
    plan = make_plan()
    plan.summary["lower_bound"] = plan.summary["cost"]
    assert "没有更便宜的安排" in _words(_page(plan))


def test_a_plan_without_a_bound_promises_none() -> None:
    plan = make_plan()
    plan.summary["lower_bound"] = 0.0
    assert "已证明" not in _words(_page(plan))


def test_names_of_places_are_english_on_an_english_page() -> None:
    words = _words(_page(lang="en"))
    assert "Guigang Gangnan → Dongguan: 45 people" in _page(lang="en").decode()
    assert "49-seat coach" in words
    assert "东莞" not in words.split("All batches")[0]


def test_what_changed_and_what_hands_changed_is_told_with_its_price() -> None:
    words = _words(_page(changes=CHANGES, edits=HandEdits(2, 1, 66, 13668.8)))
    assert "上一个方案 9f8e7d" in words
    assert "新增 3" in words
    assert (
        "手工改动 2 次，涉及 1 趟。费用从 13,669 元到 13,869 元(+200 元)，安排人数从 66 人到 65 人(-1 人)"
        in words
    )


def test_edits_of_an_older_store_have_no_price() -> None:
    assert "改动前的费用没有保存" in _words(_page(edits=HandEdits(2, 1, None, None)))


def test_without_an_earlier_run_nothing_is_said_of_changes() -> None:
    assert "与上一个方案相比" not in _words(_page())
    assert "没有手工改动" in _words(_page())


@pytest.mark.parametrize("text", [HOSTILE, FORMULA])
def test_text_of_a_sheet_stays_text(text: str) -> None:
    plan = make_plan()
    first, second = plan.batches
    stops = (replace(first.stops[0], place=text), *first.stops[1:])
    plan = replace(
        plan,
        batches=(replace(first, stops=stops, vehicle=text, cities=(text,)), second),
        riders=plan.riders.assign(county=text, city=text, prefecture=text),
        unplanned=plan.unplanned.assign(code=text),
        faults=tuple(replace(fault, file=text) for fault in plan.faults),
    )
    header = replace(make_header(), config={"packs": {text: 1.0}, "office": {"name": text}})
    for lang in ("zh", "en"):
        parsed = _parsed(report_page(header, plan, lang))
        clean = _parsed(_page(lang=lang))
        assert set(parsed.tags) == set(clean.tags)
        assert parsed.tags.count("script") == 1
        assert set(parsed.attributes) == set(clean.attributes)
    assert text in _words(report_page(header, plan, "zh"))


def test_the_page_asks_for_nothing_from_a_network() -> None:
    page = _page().decode()
    assert "default-src 'none'" in page
    assert re.findall(r"(?:https?:)?//[a-z]|@import|url\(|src=|<link", page) == []


def test_the_same_plan_is_the_same_page() -> None:
    assert _page() == _page()


def test_nobody_is_on_the_page() -> None:
    plan = make_plan()
    page = _page(plan, changes=CHANGES).decode()
    secrets = {*plan.riders["name"], *plan.riders["phone"], *plan.riders["id_number"], "13807750000", "罗海"}
    assert [secret for secret in secrets if secret in page] == []


def test_a_plan_without_a_batch_has_a_page() -> None:
    plan = make_plan()
    summary = {**plan.summary, "planned": 0, "batches": 0, "cost": 0.0, "lower_bound": 0.0, "origins": {}}
    nobody = replace(plan, batches=(), riders=plan.riders.iloc[:0], faults=(), summary=summary)
    words = _words(_page(nobody))
    assert "没有安排任何车次" in words
    assert "信息有误" in words
