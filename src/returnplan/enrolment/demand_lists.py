"""The same demand in two lists: an employer reports its vacancies anew, or sends some more."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from returnplan.enrolment.findings import Findings, row_ref
from returnplan.model.records import Demand
from returnplan.model.texts import Text

_FURTHER = re.compile(r"补充|增补|新增|追加|supplement|additional", re.IGNORECASE)
"""In the name of a file or sheet: its vacancies come on top of those of before."""

REPEATED = "demand_repeated"
"""The code of the warning about a line that does not count."""

Key = tuple[str, ...]


def lines_that_count(
    lines: Sequence[tuple[Key, Demand]], age: Mapping[str, int], findings: Findings
) -> list[Demand]:
    """Return the lines that count, in their order: of lines alike in two files those of the later file.

    What a line that counts leaves blank stays as the earlier list has it. Lines of one file are added up, and so are
    those of a list that is called a supplement (补充); either is a warning that names both rows.

    Parameters
    ----------
    lines : each with what it is about: employer, city, place and post
    age : the rank of each file, the oldest 0
    """
    alike: defaultdict[Key, defaultdict[str, list[Demand]]] = defaultdict(lambda: defaultdict(list))
    for key, line in lines:
        if line.headcount is not None:
            alike[key][row_ref(line.ref).file].append(line)
    instead: dict[str, Demand | None] = {}
    for of_file in alike.values():
        files = sorted(of_file, key=lambda file: (age.get(file, -1), file))
        counting = of_file[files[0]]
        for file in files[1:]:
            later = of_file[file]
            ref = row_ref(later[0].ref)
            if _FURTHER.search(f"{ref.file} {ref.sheet}"):
                _warn_added(counting, later, findings)
                counting = [*counting, *later]
                continue
            _warn_replaced(counting, later, findings)
            known = counting[0].model_dump(exclude_defaults=True, exclude={"ref", "headcount"})
            instead |= dict.fromkeys((line.ref for line in counting), None)
            for line in later:
                blank = known.keys() - line.model_dump(exclude_defaults=True).keys()
                instead[line.ref] = line.model_copy(update={name: known[name] for name in blank})
            counting = later
    found = (instead.get(line.ref, line) for _, line in lines)
    return [line for line in found if line is not None]


def _warn_replaced(earlier: Sequence[Demand], later: Sequence[Demand], findings: Findings) -> None:
    """Warn at each line that does not count of the later list."""
    now, where = sum(line.headcount or 0 for line in later), _places(later, findings)
    for line in earlier:
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
                "请核实；如是另外增加的岗位，请在后报的文件名或表名里写“补充”",
                "check it; if they come on top, write 补充 into the name of the later file or sheet",
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
