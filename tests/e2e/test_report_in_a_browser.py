"""The page as a real browser shows it: on a screen, on a phone, on paper, and to somebody without a mouse."""

import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from returnplan.model.texts import Lang
from returnplan.papers.report import report_page
from tests.e2e.chromium import PROGRAM, Tab, chromium
from tests.specimens.plans import make_header, make_plan

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium (apt install chromium)"),
    pytest.mark.skipif(
        sys.platform == "win32", reason="Windows gives a program no pipe of a number of its own"
    ),
]

WIDTHS = (390, 1280)

CONTRAST = """
(() => {
  const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgb(getComputedStyle(e).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const ink = element.closest("svg") ? style.fill : style.color;
    const [a, b] = [light(rgb(ink)), light(behind(element))].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), texts.currentNode.textContent.trim()]);
  }
  return found.sort((x, y) => x[0] - y[0]);
})()
"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    with chromium() as open_tab:
        yield open_tab


@pytest.fixture
def full(tmp_path: Path) -> Path:
    return _written(tmp_path, "zh")


def _written(folder: Path, lang: Lang, *, is_empty: bool = False) -> Path:
    plan = make_plan()
    if is_empty:
        summary = {**plan.summary, "planned": 0, "batches": 0, "cost": 0.0, "lower_bound": 0.0, "origins": {}}
        plan = replace(plan, batches=(), riders=plan.riders.iloc[:0], summary=summary)
    path = folder / f"报告 {lang}.html"
    path.write_bytes(report_page(make_header(), plan, lang))
    return path


def _bytes_of_picture(png: bytes) -> bytes:
    """Return what a PNG is packed of."""
    at, packed = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    return zlib.decompress(packed)


@pytest.mark.parametrize("is_empty", [False, True], ids=["full", "empty"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_shown_whole_and_without_a_complaint(
    tab: Tab, tmp_path: Path, lang: Lang, is_empty: bool
) -> None:
    for width in WIDTHS:
        tab.open(_written(tmp_path, lang, is_empty=is_empty), width)
        assert len(set(_bytes_of_picture(tab.screenshot()))) > 100
        assert tab.value("document.documentElement.scrollWidth") <= width
        assert tab.value("document.querySelector('h1').getBoundingClientRect().height") > 20
    assert tab.console == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_stands_out_from_what_is_behind_it(tab: Tab, full: Path, width: int) -> None:
    tab.open(full, width)
    found = tab.value(CONTRAST)
    assert len(found) > 100
    assert found[0][0] >= 4.5, found[0]


FOCUS = """
(() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const ring = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  const warm = getComputedStyle(document.documentElement).getPropertyValue("--warm").trim();
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = warm;
  const stands_out = style.stroke === getComputedStyle(probe).color;
  probe.remove();
  const top = element.getBoundingClientRect().top + scrollY;
  return [element.tagName, ring >= 2 || stands_out, Math.round(top)];
})()
"""


def test_who_tabs_through_the_page_goes_down_it_and_sees_where_they_are(tab: Tab, full: Path) -> None:
    tab.open(full, 1280)
    stops = []
    for _ in range(13):
        tab.press("Tab")
        stops.append(tab.value(FOCUS))
    assert [name for name, *_ in stops] == ["path", "SUMMARY", "DIV", "INPUT", "DIV", *["BUTTON"] * 8]
    assert all(is_seen for _, is_seen, _ in stops), stops
    tops = [top for *_, top in stops]
    assert tops == sorted(tops)


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_keyboard_sorts_the_table(tab: Tab, full: Path, key: str) -> None:
    tab.open(full, 1280)
    for _ in range(40):
        tab.press("Tab")
        if tab.value("document.activeElement.closest('#batches th')?.cellIndex") == 4:
            break
    loads = "[...document.querySelectorAll('#batches tbody tr')].map((row) => row.cells[4].textContent)"
    assert tab.value("document.activeElement.textContent") == "人数"
    tab.press(key)
    assert tab.value("document.activeElement.parentElement.getAttribute('aria-sort')") == "ascending"
    assert tab.value(loads) == ["20/49", "45/49"]
    tab.press(key)
    assert tab.value(loads) == ["45/49", "20/49"]


def test_the_table_is_searched_by_what_is_typed(tab: Tab, full: Path) -> None:
    tab.open(full, 1280)
    tab.value("document.getElementById('find').focus()")
    tab.type("深圳 0224")
    assert (
        tab.value("[...document.querySelectorAll('#batches tbody tr')].filter((r) => !r.hidden).length") == 1
    )
    assert tab.value("document.getElementById('count').textContent") == "1 / 2"


def test_the_arrow_keys_tell_the_numbers_of_the_map(tab: Tab, full: Path) -> None:
    tab.open(full, 1280)
    tab.press("Tab")
    told = "document.getElementById('told').textContent"
    assert tab.value(told) == "贵港 港南 → 东莞：45 人"
    tab.press("ArrowRight")
    assert tab.value(told) == "贵港 港南 → 深圳：20 人"
    tab.press("ArrowRight")
    assert tab.value(told) == "港南：出发 65 人"
    tab.press("Tab")
    assert tab.value("document.activeElement.tagName") == "SUMMARY"


def test_it_is_printed_on_a4(tab: Tab, full: Path) -> None:
    tab.open(full, 1280)
    paper = tab.pdf()
    assert paper.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in paper or b"/MediaBox [0 0 595" in paper
