"""Whether a paper that came back is of the plans in this store: by its mark, else by year and names on it.

Batch and person numbers begin anew in each campaign, so those of another one fit a batch and a person here by chance.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from returnplan.model.faults import Fault, RowRef
from returnplan.model.texts import Text
from returnplan.papers.filled_in import files_to_read
from returnplan.papers.pages import read_marks
from returnplan.reading.cells import clean

OTHER_CAMPAIGN = "other_campaign"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MOVE_AWAY = Text(
    "往年的表请移走。若是恢复备份以前印的，请用同样的表再排一次(returnplan plan)，然后再读",
    "take papers of another year out of the folder; if it was printed before a backup was put back, plan with the "
    "same files once more (returnplan plan) and read it again",
)


def own_papers(paths: Sequence[Path], runs: Collection[str]) -> tuple[list[Path], list[Fault]]:
    """Return the files that are not marked with a run of another store, and what is wrong with all others.

    Parameters
    ----------
    paths : the workbooks, and folders of them
    runs : the ids of all runs of the store

    Raises
    ------
    InputRefused : a file is not there, or a folder is empty
    """
    files, faults = files_to_read(paths)
    ours = []
    for path in files:
        run = read_marks(path).get("run")
        if run is None or run in runs:
            ours.append(path)
        else:
            faults.append(_of_another(path.name, Text(f"方案 {run}", f"run {run}")))
    return ours, faults


def of_another_year(file: str, words: str, year: int) -> Fault | None:
    """Return what is wrong with a paper without a mark whose day says another year than its batch leaves in."""
    found = _YEAR.search(words)
    return _of_another(file, Text(words, words)) if found and int(found[1]) != year else None


def of_another_person(ref: RowRef, person: int, name: str, names: Mapping[int, str]) -> Fault | None:
    """Return what is wrong with a row of a paper without a mark that names another person than the number stands for.

    Parameters
    ----------
    name : as the row has it; empty where the paper bears the mark of a plan, or has no names
    names : the people of the plan by number
    """
    known = names.get(person)
    if not name or known is None or clean(name) == clean(known):
        return None
    return Fault(
        ref.file,
        ref.sheet,
        str(ref.row),
        str(person),
        "other_person",
        Text(
            f"编号 {person} 在方案里不是这一行的姓名，没有登记",
            f"person {person} of the plan has another name than this row: not entered",
        ),
        Text("请核对是不是往年的表", "is it a paper of another year?"),
    )


def _of_another(file: str, which: Text) -> Fault:
    return Fault(
        file,
        "",
        "",
        "",
        OTHER_CAMPAIGN,
        Text(
            f"不是这次活动的表({which.zh})，这个数据文件里没有它的方案：没有登记",
            f"a paper of another campaign ({which.en}), of no plan in this store: nothing was entered",
        ),
        _MOVE_AWAY,
    )
