"""The same vehicles in two fleet files: a carrier reports its prices and numbers anew."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from returnplan.enrolment.demand_lists import is_supplement
from returnplan.enrolment.findings import Findings, row_ref
from returnplan.model.intake import RejectedVehicle
from returnplan.model.records import FleetRow
from returnplan.model.texts import Text

FLEET_REPEATED = "fleet_repeated"
FLEET_ADDED = "fleet_added"


def fleet_that_counts(
    rows: Sequence[FleetRow],
    age: Mapping[str, int],
    findings: Findings,
    faulty: Sequence[RejectedVehicle] = (),
) -> tuple[FleetRow, ...]:
    """Return the rows that count, in their order: of types alike in two files those of the later file.

    Lines of one file are added up, and so are those of a list that is called a supplement (补充), and vehicles with
    plates, which are known by them. Without a carrier nobody knows whether two counties have a vehicle each or one was
    reported twice: both count. A line that does not count is a warning, and so is one that may be there twice.

    Parameters
    ----------
    age : the rank of each file, the oldest 0
    faulty : rows that reading left out; an error of a row whose carrier reports the type again in a later file is a
        warning
    """
    _replace_earlier(rows, faulty, age, findings)
    files_of: defaultdict[tuple[Any, ...], dict[str, FleetRow]] = defaultdict(dict)
    for row in rows:
        if key := _type(row):
            files_of[key].setdefault(row_ref(row.ref).file, row)
    counting = []
    for row in rows:
        files = files_of[key] if (key := _type(row)) else {}
        newest = max(files, key=lambda file: (age.get(file, -1), file), default="")
        is_repeated = newest not in ("", row_ref(row.ref).file)
        if is_repeated:
            _warn(row, files[newest], findings)
        if not (is_repeated and row.carrier):
            counting.append(row)
    return tuple(counting)


def _replace_earlier(
    rows: Sequence[FleetRow], faulty: Sequence[RejectedVehicle], age: Mapping[str, int], findings: Findings
) -> None:
    """Record the rows whose type the carrier reports again in a later file, whatever else they say."""
    newest: dict[tuple[str, str, str], FleetRow] = {}
    for row in sorted(rows, key=lambda row: age.get(row_ref(row.ref).file, -1)):
        newest[row.vehicle, row.carrier, row.plate] = row
    every: list[FleetRow | RejectedVehicle] = [*rows, *faulty]
    for one in every:
        ref, later = row_ref(one.ref), newest.get((one.vehicle, one.carrier, one.plate))
        if later is None or not one.carrier or is_supplement(ref.file, ref.sheet):
            continue
        if age.get(row_ref(later.ref).file, -1) > age.get(ref.file, -1):
            findings.replace_vehicle(one.ref, findings.place_of(later.ref, "vehicle"))


def _type(row: FleetRow) -> tuple[Any, ...] | None:
    """Return what makes two lines the same vehicles; None of what is always added up."""
    ref = row_ref(row.ref)
    if row.plate or is_supplement(ref.file, ref.sheet):
        return None
    return row.vehicle, row.seats, row.carrier, row.base, row.side, row.use, row.first_date, row.last_date


def _warn(row: FleetRow, later: FleetRow, findings: Findings) -> None:
    where = findings.place_of(later.ref, "vehicle")
    code, message, fix = _replaced(row, where) if row.carrier else _added(row, where)
    findings.add(row.ref, "vehicle", row.vehicle, code, message, fix, "warning", signup=False)


def _replaced(row: FleetRow, where: str) -> tuple[str, Text, Text]:
    return (
        FLEET_REPEATED,
        Text(
            f"{row.carrier}的{row.vehicle}在 {where} 又报了一次，以后报的数量和价格为准，这里的不计",
            f"{row.vehicle} of {row.carrier} stands again at {where}; its later number and price count, and not those "
            "here",
        ),
        Text(
            "请核实；如是另外增加的车，请在增加的那份文件名或表名里写“补充”",
            "check it; if these come on top, write 补充 into the name of their file or sheet",
        ),
    )


def _added(row: FleetRow, where: str) -> tuple[str, Text, Text]:
    return (
        FLEET_ADDED,
        Text(
            f"{row.vehicle}在 {where} 也有，都没有写承运单位，两处的车都计入",
            f"{row.vehicle} stands at {where}, too, and neither names a carrier: the vehicles of both count",
        ),
        Text(
            "请核实；如是同一批车报了两次，请删去先报的一行；不是的，请各填承运单位",
            "check it; if the same vehicles are reported twice, delete the earlier row, else name the carrier of each",
        ),
    )
