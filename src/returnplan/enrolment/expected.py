"""Who was expected: the people of the employers' named lists (返岗名单), and the townships; nobody is dropped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.enrolment.employer_names import employer_key
from returnplan.enrolment.findings import Findings
from returnplan.model.division_names import core
from returnplan.model.faults import OTHER_YEAR, Fault
from returnplan.model.intake import RejectedRow, SheetReport
from returnplan.model.records import NamedRow
from returnplan.model.texts import Text
from returnplan.places import tidy

Who = tuple[str, ...]


def compare_lists(
    named: Sequence[NamedRow], people: pd.DataFrame, rejected: Iterable[RejectedRow], findings: Findings
) -> tuple[Text, ...]:
    """Report people on one side only, and return the totals as a note (none without named lists).

    Two entries are one person by ID number, else by name and phone, else by name and employer. ``people`` are
    the people of the roster.
    """
    if not named:
        return ()
    signed: dict[Who, str] = {}
    for who in rows_of(people, "id_number", "name", "phone", "employer"):
        signed |= dict.fromkeys(_keys(*who), who[3])
    for row in rejected:
        signed |= dict.fromkeys(_keys(row.id_number, row.name, row.phone, ""), "")
    absent = [row for row in named if not any(key in signed for key in _named_keys(row))]
    for expected in absent:
        findings.add(
            expected.ref,
            "name",
            expected.name,
            "named_only",
            Text(
                f"在“{expected.employer}”的返岗名单上，没有报名",
                f"on the list of {expected.employer}, but has not signed up",
            ),
            Text("联系本人是否需要乘车", "ask whether a seat is wanted"),
            "warning",
            signup=False,
        )
    both, num_unnamed = len(named) - len(absent), _report_unnamed(named, people, findings)
    return (
        Text(
            f"企业返岗名单 {len(named)} 人：已报名 {both}，未报名 {len(absent)}；报名而不在名单 {num_unnamed}",
            f"employers' lists name {len(named)} people: {both} signed up, {len(absent)} did not;"
            f" {num_unnamed} signed up without being named",
        ),
    )


def _report_unnamed(named: Sequence[NamedRow], people: pd.DataFrame, findings: Findings) -> int:
    """Report the people whose employer has a named list without them, and return their number."""
    listed = {key for row in named for key in _named_keys(row)}
    has_list = {employer_key(row.employer) for row in named}
    is_theirs = {employer: employer_key(employer) in has_list for employer in people["employer"].unique()}
    theirs = people[people["employer"].map(is_theirs)]
    lines = rows_of(theirs, "id_number", "name", "phone", "employer")
    unnamed = theirs.loc[[not any(key in listed for key in _keys(*who)) for who in lines]]
    for ref, name, employer in rows_of(unnamed, "signup", "name", "employer"):
        findings.add(
            ref,
            "employer",
            name,
            "not_named",
            Text(
                f"不在“{employer}”的返岗名单上，仍照常安排",
                f"not on the list of {employer}; planned all the same",
            ),
            Text("向企业核实", "ask the employer"),
            "warning",
        )
    return len(unnamed)


def _keys(id_number: str, name: str, phone: str, employer: str) -> list[Who]:
    """Return all keys by which a person may be recognised."""
    keys: list[Who] = [("id", id_number)] if id_number else []
    keys += [("phone", tidy(name), number) for number in phone.split("/") if number]
    if employer:
        keys.append(("employer", tidy(name), employer_key(employer)))
    return keys


def _named_keys(row: NamedRow) -> list[Who]:
    return _keys(row.id_number, row.name, row.phone, row.employer)


@dataclass(frozen=True, slots=True)
class TownshipReport:
    """The expected townships (``[townships] expected``) in their order, and the missing ones."""

    expected: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def note(self) -> Text:
        """A sentence: how many townships have reported, and which have not."""
        done = f"{len(self.expected) - len(self.missing)}/{len(self.expected)}"
        if not self.missing:
            return Text(f"{done} 已报", f"{done} townships have reported")
        return Text(
            f"{done} 已报，未报：{'、'.join(self.missing)}",
            f"{done} townships have reported; missing: {', '.join(self.missing)}",
        )


def sheets_of_other_year(faults: Iterable[Fault], sheets: Iterable[SheetReport]) -> set[tuple[str, str]]:
    """Return file and sheet of the lists that seem to be of another year: they are no report of this one."""
    other = {(fault.file, fault.sheet) for fault in faults if fault.code == OTHER_YEAR}
    return {
        (sheet.file, sheet.sheet) for sheet in sheets if {(sheet.file, ""), (sheet.file, sheet.sheet)} & other
    }


def township_report(
    sheets: Iterable[SheetReport], townships: Iterable[str], expected: tuple[str, ...]
) -> TownshipReport:
    """Return who has reported: whose name, with or without its county, stands in a row, or in that of a file or sheet.

    A sheet without people is a report too: nobody of that township travels.

    Parameters
    ----------
    sheets : that were read
    townships : that stand in rows, faulty ones too
    """
    titles = {tidy(f"{sheet.file} {sheet.sheet}") for sheet in sheets if sheet.kind == "signups"}
    rows = {tidy(text) for text in townships}
    cores = {core(text) for text in rows}
    missing = (
        name
        for name in expected
        if core(tidy(name)) not in cores
        and not any(tidy(name) in text for text in (*rows, *titles))
        and not any(core(text) != text and tidy(name).endswith(text) for text in rows)
    )
    return TownshipReport(expected, tuple(missing))
