"""The guard against a plan made from half the files: absence is no cancellation (SPEC §5)."""

from pathlib import PurePath

from returnplan.model.errors import InputRefused
from returnplan.model.plan import RunHeader
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.sheets.files import original_name
from returnplan.usecases.plan.standing import Standing

MOST_MISSING = 0.05
"""The share of the assigned people that may be missing from the files before a person has to say so."""


def refuse_vanished(standing: Standing, now: RunHeader, roster: Roster) -> None:
    """Refuse a call in which a whole file, or many assigned people, of the latest run are missing.

    Raises
    ------
    InputRefused : with what is missing, and the ways out
    """
    gone = sorted(_names(standing.header) - _names(now))
    if gone:
        raise InputRefused(
            Text(
                f"上次方案用过的文件这次没有：{'、'.join(gone)}。请和其他表放在一起；只补充名单请用 --add；"
                "确实不要了请加 --allow-drop",
                f"files of the last plan are missing now: {', '.join(gone)}; give them too, use --add to "
                "supplement the last plan, or leave them out with --allow-drop",
            )
        )
    told = set(roster.people["id_number"]) | {row.id_number for row in roster.rejected}
    num_missing = len(standing.assigned - told)
    if num_missing > MOST_MISSING * len(standing.assigned):
        num = len(standing.assigned)
        raise InputRefused(
            Text(
                f"上次已排的 {num} 人中有 {num_missing} 人不在这次的名单里(不在名单不等于取消)；"
                "核对后请加 --allow-drop",
                f"{num_missing} of the {num} people planned last time are in no list now (which is no "
                "cancellation); if that is right, add --allow-drop",
            )
        )


def _names(header: RunHeader | None) -> set[str]:
    return {original_name(PurePath(file.path)) for file in header.inputs} if header else set()
