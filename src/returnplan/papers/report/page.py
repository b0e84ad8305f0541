"""The figures of a plan to the page: every number as it is read, laid out by page.html, which escapes all texts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from itertools import pairwise
from typing import Any

from jinja2 import Environment, StrictUndefined

from returnplan.model.masking import mask_text
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.in_words import (
    COACHES,
    DAYS,
    TRAINS,
    in_words,
    say_count,
    say_vehicles,
    sum_over_origins,
)
from returnplan.papers.report import words
from returnplan.papers.report.figures import (
    LOAD_STEPS,
    BatchLine,
    Changes,
    Figures,
    Flow,
    HandEdits,
    Load,
    Spot,
    figures_of,
)
from returnplan.papers.report.map import Map, map_of
from returnplan.papers.settings import Packs, count_packs, say_item
from returnplan.papers.wording import (
    STATES,
    in_beijing,
    say_code,
    say_division,
    say_place,
    say_vehicle,
    say_weekday,
)

MOST_BATCHES = 5_000
"""A browser sorts and searches so many rows at once."""


def report_page(
    header: RunHeader,
    plan: Plan,
    lang: Lang,
    changes: Changes | None = None,
    edits: HandEdits | None = None,
    account: Mapping[str, Any] | None = None,
    tasks: Sequence[tuple[str, int, str]] = (),
    absent: Collection[int] = (),
) -> bytes:
    """Return the page: one HTML file in UTF-8 that asks nothing of a network and names no passenger.

    Parameters
    ----------
    header, plan : what the run decided and which run it is
    lang : of the page
    changes : what differs from an earlier run, if there is one
    edits : what was changed by hand, if anything was
    account : what a region adds up, kept in the page for ``rollup``
    tasks : what there is to do: what, how much of it, details
    absent : person numbers of those who were not on board of a batch that has left, and of no other
    """
    figures = figures_of(plan, absent)
    page = _Page(header, plan.summary, figures, lang)
    num_batches = len(figures.batches)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return (
        environment.from_string(_source("page.html"))
        .render(
            lang="zh-CN" if lang == "zh" else "en",
            w=words.say_all(lang),
            css=_source("page.css"),
            js=_source("page.js"),
            office=str(header.config.get("office", {}).get("name", "")),
            made=words.MADE.filled(lang, run=header.id, made_at=_moment(header.created_at)),
            tiles=page.tiles(),
            sentences=in_words(plan, header, lang),
            tasks=[task for task in tasks if task[1]],
            map=page.map(),
            days=[page.bar(load, say_weekday(load.key, lang)) for load in figures.days],
            cities=[page.bar(load, page.division(load.key)) for load in figures.cities],
            loads=page.histogram(),
            reasons=[_Bar(say_code(code, lang), num, f"{num:,}") for code, num in figures.reasons],
            faults=figures.faults,
            supplies=page.supplies(),
            changes=changes and page.changes(changes),
            edits=page.edits(edits),
            batches=[page.batch(line) for line in figures.batches[:MOST_BATCHES]],
            more_batches=page.say(words.MORE_BATCHES, shown=MOST_BATCHES, num=num_batches)
            if num_batches > MOST_BATCHES
            else "",
            account=account,
        )
        .encode()
    )


@dataclass(frozen=True, slots=True)
class _Bar:
    """A row with a bar: its length, and the words at its end."""

    label: str
    num: int
    words: str


@dataclass(frozen=True)
class _Page:
    header: RunHeader
    summary: Mapping[str, Any]
    figures: Figures
    lang: Lang

    def say(self, text: Text, **values: Any) -> str:
        """Return a sentence with its values; numbers with commas."""
        shown = {key: f"{value:,}" if isinstance(value, int) else value for key, value in values.items()}
        return text.filled(self.lang, **shown)

    def division(self, name: str) -> str:
        """Return a county or city as the language calls it: 东莞, Dongguan."""
        return say_division(name, self.lang)

    def spot(self, spot: Spot) -> str:
        """Return the name beside a spot of the map."""
        return self.division(spot.name)

    def tiles(self) -> list[tuple[str, str]]:
        """Return the key figures: number, what it counts."""
        say = words.say_all(self.lang)
        num_coaches, num_trains = self._vehicles()
        seats = sum(line.batch.paid_seats for line in self.figures.batches)
        planned, aboard = self.summary["planned"], sum_over_origins(self.summary, "boarded")
        left = sum(num for _, num in self.figures.reasons)
        tiles = [(f"{planned:,}", say["planned"]), (f"{left:,}", say["left"])]
        tiles.append(self._tile(num_coaches, COACHES))
        if num_trains:
            tiles.append(self._tile(num_trains, TRAINS))
        tiles.append(self._tile(len(self.figures.days), DAYS))
        if planned:
            tiles.append((f"{planned / seats:.1%}", say["load"]))
            paid_yuan = sum(line.batch.contract_yuan for line in self.figures.batches)
            tiles.append((f"{paid_yuan / planned:,.0f}", say["a_head"]))
        if aboard:
            tiles.append((f"{aboard:,}", say["aboard"]))
        if self.figures.num_absent:
            tiles.append((f"{self.figures.num_absent:,}", say["absent"]))
        return tiles

    def _tile(self, num: int, of: tuple[Text, Text]) -> tuple[str, str]:
        number, _, what = say_count(num, of, self.lang).partition(" ")
        return number, what

    def _vehicles(self) -> tuple[int, int]:
        days = self.figures.days
        return sum(day.num_coaches for day in days), sum(day.num_trains for day in days)

    def map(self) -> dict[str, Any] | None:
        """Return the map and what its marks say; None where nobody travels."""
        figures = self.figures
        if not figures.flows:
            return None
        drawn: Map = map_of(figures.flows, figures.homes, figures.goals, self.spot)
        num_more = drawn.num_more
        more = (
            self.say(words.MORE_FLOWS, drawn=len(drawn.lines), num=num_more, people=drawn.num_more_people)
            if num_more
            else ""
        )
        return {
            "drawn": drawn,
            "lines": [(line, self.flow(line.flow)) for line in drawn.lines],
            "homes": [(dot, self._at(dot.spot, words.HOME)) for dot in drawn.homes],
            "goals": [(dot, self._at(dot.spot, words.GOAL)) for dot in drawn.goals],
            "names": [(name, self.spot(name.spot)) for name in drawn.names],
            "more": more,
            "label": self.say(
                words.MAP_SUM,
                homes=len(figures.homes),
                goals=len(figures.goals),
                num=sum(flow.num_people for flow in figures.flows),
            ),
            "flows": [
                (self._home(flow), self.division(flow.city), flow.num_people) for flow in figures.flows
            ],
        }

    def flow(self, flow: Flow) -> str:
        """Return what a line of the map stands for."""
        goal = self.division(flow.city)
        return self.say(words.FLOW, home=self._home(flow), goal=goal, num=flow.num_people)

    def _home(self, flow: Flow) -> str:
        """Return a county behind its prefecture, which tells namesakes apart."""
        parts = dict.fromkeys(self.division(name) for name in (flow.prefecture, flow.county) if name)
        return " ".join(parts)

    def _at(self, spot: Spot, text: Text) -> str:
        return self.say(text, name=self.spot(spot), num=spot.num_people)

    def bar(self, load: Load, label: str) -> _Bar:
        """Return the row of a day or a city."""
        vehicles = say_vehicles(load.num_coaches, load.num_trains, self.lang)
        return _Bar(label, load.num_people, f"{load.num_people:,} · {vehicles}")

    def histogram(self) -> list[_Bar]:
        """Return the rows of the load histogram, the fullest first."""
        say = words.say_all(self.lang)
        edges = [f"{step:.0%}" for step in LOAD_STEPS]
        below = f"{say['below']} {edges[0]}" if self.lang == "en" else f"{say['below']}{edges[0]}"
        between = [f"{low}–{high}" for low, high in pairwise(edges)]
        labels = [below, *between, say["full"]]
        bars = zip(labels, self.figures.loads, strict=True)
        return [_Bar(label, num, f"{num:,}") for label, num in reversed(list(bars))]

    def supplies(self) -> dict[str, Any] | None:
        """Return a row a day and the whole: heads, and pieces of each thing that is handed out."""
        chosen: Mapping[str, float] = self.header.config.get("packs", Packs().root)
        packs = {item: each for item, each in chosen.items() if each}
        if not packs or not self.figures.heads:
            return None
        items = [say_item(item, self.lang) for item in packs]
        rows = []
        for day, heads in self.figures.heads.items():
            counts = count_packs(packs, heads, self.lang)
            rows.append((say_weekday(day, self.lang), [heads, *(counts[item] for item in items)]))
        total = [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]
        return {"items": items, "rows": rows, "total": total}

    def changes(self, then: Changes) -> dict[str, Any]:
        """Return what differs from an earlier run, in words and bars."""
        summary = self.summary
        since = self.say(
            words.SINCE,
            run=then.run_id,
            made_at=_moment(then.made_at),
            planned=then.num_planned_then,
            batches=then.num_batches_then,
            cost=f"{then.cost_yuan_then:,.0f}",
            more_planned=_more(summary["planned"] - then.num_planned_then),
            more_batches=_more(summary["batches"] - then.num_batches_then),
            more_cost=_more(summary["cost"] - then.cost_yuan_then),
        )
        nums = (then.num_new, then.num_moved, then.num_retimed, then.num_off)
        bars = [
            _Bar(label.say(self.lang), num, f"{num:,}")
            for label, num in zip(words.CHANGED, nums, strict=True)
        ]
        return {"since": since, "bars": bars if any(nums) else [], "nobody": self.say(words.UNCHANGED)}

    def edits(self, edits: HandEdits | None) -> str:
        """Return what changes by hand cost, in words."""
        if edits is None:
            return self.say(words.NOT_EDITED)
        if edits.num_before:
            named = Text("，", ", ").say(self.lang).join(edits.batches_before)
            earlier = self.say(words.EDITED_EARLIER, num=edits.num_before, batches=named)
            now = (
                self.edits(replace(edits, num_before=0))
                if edits.num_changes
                else self.say(words.NOT_EDITED_SINCE)
            )
            return f"{now} {earlier}"
        values: dict[str, Any] = {"num": edits.num_changes, "batches": edits.num_batches}
        if edits.cost_yuan_then is None:
            return self.say(words.EDITED_BEFORE, **values)
        cost, planned = self.summary["cost"], self.summary["planned"]
        return self.say(
            words.EDITED,
            **values,
            then=f"{edits.cost_yuan_then:,.0f}",
            now=f"{cost:,.0f}",
            more=_more(cost - edits.cost_yuan_then),
            planned_then=edits.num_planned_then,
            planned=planned,
            more_planned=_more(planned - edits.num_planned_then),
        )

    def batch(self, line: BatchLine) -> dict[str, Any]:
        """Return the row of a batch: each cell as it is read, with the number by which it is sorted."""
        batch = line.batch
        return {
            "id": batch.id,
            "name": words.NUMBER.filled(self.lang, wave=batch.wave, number=batch.number),
            "day": say_weekday(batch.date, self.lang),
            "iso": batch.date.isoformat(),
            "route": f"{self._list(line.counties)} → {self._list(batch.cities)}",
            "vehicle": mask_text(say_vehicle(batch.vehicle, self.lang)),
            "load": batch.load,
            "seats": batch.usable,
            "filled": batch.load / batch.usable,
            "km": round(batch.km),
            "yuan": round(batch.contract_yuan),
            "state": STATES[batch.state].say(self.lang),
            "stops": " → ".join(say_place(stop, self.lang) for stop in line.stops),
        }

    def _list(self, names: Iterable[str]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(self.division(name) for name in names)


def _source(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _moment(moment: datetime) -> str:
    return f"{in_beijing(moment):%Y-%m-%d %H:%M}"


def _more(num: float) -> str:
    return f"{round(num):+,}" if round(num) else "±0"
