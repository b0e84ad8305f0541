"""The same vehicles in two fleet files count once, the later file's, and the earlier row says so."""

from returnplan.enrolment.findings import Findings
from returnplan.enrolment.fleet_lists import fleet_that_counts
from returnplan.model.records import FleetRow


def row(file: str, number: int = 2, **values: object) -> FleetRow:
    usual = {"vehicle": "37座", "seats": 37, "fixed_yuan": 2000.0, "per_day": 3, "carrier": "通达"}
    return FleetRow.model_validate({"ref": f"{file}!车辆!{number}", **usual, **values})


def counted(*rows: FleetRow) -> tuple[list[str], list[str]]:
    """Return the references that count, and those of the warnings."""
    findings = Findings(())
    counts = fleet_that_counts(rows, {"旧.xlsx": 0, "新.xlsx": 1, "补充.xlsx": 2}, findings)
    return [one.ref for one in counts], [f"{fault.file} {fault.code}" for fault in findings.faults]


def test_the_later_file_counts() -> None:
    old, new = row("旧.xlsx", fixed_yuan=1800.0), row("新.xlsx")
    assert counted(new, old) == ([new.ref], ["旧.xlsx fleet_repeated"])


def test_lines_of_one_file_other_carriers_plates_and_supplements_are_added_up() -> None:
    rows = [
        row("旧.xlsx", carrier="信运"),
        row("新.xlsx"),
        row("新.xlsx", 3),
        row("旧.xlsx", 3, plate="豫S12345"),
        row("补充.xlsx"),
    ]
    assert counted(*rows) == ([one.ref for one in rows], [])


def test_vehicles_without_a_carrier_may_be_of_two_counties_so_both_count_and_it_is_said() -> None:
    old, new = row("旧.xlsx", carrier=""), row("新.xlsx", carrier="")
    findings = Findings(())
    assert fleet_that_counts((old, new), {"旧.xlsx": 0, "新.xlsx": 1}, findings) == (old, new)
    (fault,) = findings.faults
    assert (fault.file, fault.code, fault.severity) == ("旧.xlsx", "fleet_added", "warning")
    assert fault.message.zh.startswith("37座在 新.xlsx!车辆!2 也有")
