"""The same demand in two lists: an employer reports its vacancies anew, or sends some more."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from returnplan.enrolment.findings import Findings, row_ref
from returnplan.model.records import Demand
from returnplan.model.texts import Text

_FURTHER = re.compile(r"补充|增补|新增|追加|supplement|additional", re.IGNORECASE)
"""In the name of a file or sheet: its vacancies come on top of those of before."""

REPEATED = "demand_repeated"
"""The code of the warning about a line that does not count."""

_OWN = {"ref", "headcount", "sex", "min_age", "max_age"}
"""What a line says for itself: left blank, it is no limit any more."""

Key = tuple[str, ...]


def lines_that_count(
    lines: Sequence[tuple[Key, Demand]], age: Mapping[str, int], findings: Findings
) -> list[Demand]:
    """Return the lines that count, in their order: of lines alike in two files those of the later file.

    What a line that counts leaves blank stays as the earlier lines have it, where these agree, but for its number and
    its limits. Lines of one file are added up, and so are those for men and those for women, and those of a list that
    is called a supplement (补充), whenever it was saved. A line that does not count is a warning, and so is a
    supplement to another file.

    Parameters
    ----------
    lines : each with what it is about: employer, city, place and post
    age : the rank of each file, the oldest 0
    """
    alike: defaultdict[Key, defaultdict[tuple[bool, str], list[Demand]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for key, line in lines:
        if line.headcount is not None:
            ref = row_ref(line.ref)
            is_further = is_supplement(ref.file, ref.sheet)
            alike[key][is_further, ref.file].append(line)
    counting: dict[str, Demand] = {}
    for of_list in alike.values():
        valid: list[Demand] = []
        for is_further, file in sorted(of_list, key=lambda one: (one[0], age.get(one[1], -1), one[1])):
            later = of_list[is_further, file]
            if is_further:
                if any(row_ref(line.ref).file != file for line in valid):
                    _warn_added(valid, later, findings)
                valid += later
                continue
            renewed = [line.model_copy(update=_left_blank(line, valid)) for line in later]
            for line in valid:
                if same := _same_people(line, later):
                    _warn_replaced(line, same, findings)
            valid = [*(line for line in valid if not _same_people(line, later)), *renewed]
        counting |= {line.ref: line for line in valid}
    return [
        counting.get(line.ref, line) for _, line in lines if line.headcount is None or line.ref in counting
    ]


def is_supplement(file: str, sheet: str) -> bool:
    """Return whether a list is called one that comes on top of those of before."""
    return _FURTHER.search(f"{file} {sheet}") is not None


def _same_people(line: Demand, others: Sequence[Demand]) -> list[Demand]:
    """Return the other lines that the same people may fill: not men the one and women the other."""
    return [other for other in others if line.sex is None or other.sex in (None, line.sex)]


def _left_blank(line: Demand, earlier: Sequence[Demand]) -> dict[str, Any]:
    """Return what a line leaves blank, and all earlier ones that it replaces say alike."""
    told = [one.model_dump(exclude_defaults=True, exclude=_OWN) for one in _same_people(line, earlier)]
    own = line.model_dump(exclude_defaults=True)
    return {
        name: value
        for name, value in (told[0].items() if told else ())
        if name not in own and all(one.get(name) == value for one in told)
    }


def _warn_replaced(line: Demand, later: Sequence[Demand], findings: Findings) -> None:
    """Warn at a line that does not count of those that count instead."""
    now, where = sum(one.headcount or 0 for one in later), _places(later, findings)
    findings.add(
        line.ref,
        "headcount",
        str(line.headcount),
        REPEATED,
        Text(
            f"{line.employer} 的同一岗位在 {where} 又报了一次，以后报的 {now} 人为准，"
            f"这里的 {line.headcount} 人不计",
            f"{line.employer} has the same post again at {where}; the later {now} count, and not the "
            f"{line.headcount} here",
        ),
        Text(
            "请核实；如是另外增加的岗位，请在增加的那份文件名或表名里写“补充”",
            "check it; if some come on top, write 补充 into the name of their file or sheet",
        ),
        "warning",
        signup=False,
    )


def _warn_added(earlier: Sequence[Demand], later: Sequence[Demand], findings: Findings) -> None:
    """Warn once that a supplement is added to what was reported before."""
    was, more = (sum(line.headcount or 0 for line in lines) for lines in (earlier, later))
    where = _places(earlier, findings)
    findings.add(
        later[0].ref,
        "headcount",
        str(more),
        "demand_added",
        Text(
            f"{later[0].employer} 的同一岗位在 {where} 已报 {was} 人，这里是补充的 {more} 人，合计 {was + more} 人",
            f"{later[0].employer} has {was} for the same post at {where}; the {more} of this supplement make "
            f"{was + more}",
        ),
        Text(
            "请核实；如是更新，请删去先报的一行",
            "check it; if this is the new number, delete the earlier row",
        ),
        "warning",
        signup=False,
    )


def _places(lines: Sequence[Demand], findings: Findings) -> str:
    return "、".join(findings.place_of(line.ref, "headcount") for line in lines)
