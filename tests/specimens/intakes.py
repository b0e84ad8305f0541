"""A readable builder of intakes: people are invented, their ID numbers have valid check digits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from returnplan.enrolment.enrol import enrol
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.model.faults import Fault
from returnplan.model.intake import Intake, RejectedRow, SheetReport
from returnplan.model.records import SignUp
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from tests.specimens.coach import id_number

DAY = date(2021, 2, 18)
BORN = date(1985, 6, 7)
COLUMNS = tuple((field, chr(ord("A") + i)) for i, field in enumerate(SignUp.model_fields) if field != "ref")


def signup(serial: int = 1, *, ref: str = "", **fields: Any) -> SignUp:
    """Return worker number ``serial`` of Rongshui for Dongguan on one day, but for the fields given."""
    usual: dict[str, Any] = {
        "ref": ref or f"报名.xlsx!报名!{serial + 1}",
        "name": f"韦{chr(0x4E00 + serial)}",
        "id_number": id_number("450225", BORN, serial),
        "prefecture": "柳州市",
        "county": "融水县",
        "city": "东莞",
        "earliest": DAY,
        "latest": DAY,
    }
    if "named_date" in fields or "earliest" in fields or "latest" in fields:
        usual |= {"earliest": None, "latest": None}
    return SignUp(**{**usual, **fields})


def intake(*signups: SignUp, **parts: Any) -> Intake:
    """Return what reading makes of these rows; every sheet has its fields in columns B, C, ..."""
    frame = pd.DataFrame([row.model_dump() for row in signups], columns=list(SignUp.model_fields))
    places = dict.fromkeys(tuple(row.ref.rsplit("!", 2)[:2]) for row in signups)
    sheets = tuple(SheetReport(file, sheet, "signups", 1, 0, 0, COLUMNS) for file, sheet in places)
    rows: dict[str, Any] = {name: tuple(part) for name, part in parts.items()}
    return replace(Intake(frame, sheets=sheets), **rows)


def enrolled(
    *signups: SignUp,
    rules: Rules | None = None,
    as_of: date | None = None,
    settings: EnrolmentSettings | None = None,
    **parts: Iterable[Any],
) -> Roster:
    """Return the roster of these rows."""
    return enrol(
        intake(*signups, **parts),
        settings or EnrolmentSettings(),
        rules or Rules(),
        usual_kmh=80.0,
        as_of=as_of,
    )


def fault(roster: Roster, code: str) -> Fault:
    """Return the one fault with a code."""
    (found,) = [fault for fault in roster.faults if fault.code == code]
    return found


def codes(roster: Roster) -> list[str]:
    """Return the codes of all faults, sorted."""
    return sorted(fault.code for fault in roster.faults)


def rejected(ref: str, **fields: str) -> RejectedRow:
    """Return a row that reading refused."""
    return RejectedRow(ref, **fields)
