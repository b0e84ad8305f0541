"""The guard against a plan made from half the files: absence is no cancellation (docs/contract.md#store-and-nights)."""

from collections.abc import Set
from pathlib import PurePath

from returnplan.model.errors import InputRefused
from returnplan.model.masking import mask_name
from returnplan.model.plan import RunHeader
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.sheets.files import original_name
from returnplan.usecases.plan.standing import Standing

MOST_MISSING = 0.05
"""The share of the assigned people that may be missing from the files before a person has to say so."""
_MOST_NAMED = 10
_WAY_OUT = Text(
    "用 returnplan plan 加上同样的文件和 --allow-drop 排一次",
    "run returnplan plan with the same files and --allow-drop",
)

_PURGED = Text(
    "上次方案的个人信息已用 returnplan purge 清除，认不出这次名单里谁已排过，所以没有排。新的活动请另建文件夹"
    "(returnplan init)；确实要在这里重新排，" + _WAY_OUT.zh + "，以前的座位一概不保留",
    "the personal data of the last plan were removed (returnplan purge), so nobody of it is known in these lists and "
    "nothing was planned. Take another folder for another campaign (returnplan init); to plan here all the same, "
    + _WAY_OUT.en
    + ": nobody keeps a seat of before",
)


def refuse_vanished(standing: Standing, now: RunHeader, roster: Roster) -> None:
    """Refuse a call in which a whole file, or many assigned people, of the latest run are missing or no longer known.

    Raises
    ------
    InputRefused : with what is missing, and the ways out
    """
    gone = sorted(_names(standing.header) - _names(now))
    if gone:
        raise InputRefused(
            Text(
                f"上次方案用过的文件这次没有：{'、'.join(gone)}。请和其他表放在一起；只补充名单请用 --add；"
                f"确实不要了，{_WAY_OUT.zh}",
                f"files of the last plan are missing now: {', '.join(gone)}; give them too, use --add to "
                f"supplement the last plan, or, to leave them out, {_WAY_OUT.en}",
            )
        )
    if standing.assigned and not any(standing.assigned):
        raise InputRefused(_PURGED)
    told = set(roster.people["id_number"]) | {row.id_number for row in roster.rejected}
    missing = standing.assigned - told
    num_missing = len(missing)
    if num_missing > MOST_MISSING * len(standing.assigned):
        num, who = len(standing.assigned), _named(standing, missing)
        raise InputRefused(
            Text(
                f"上次已排的 {num} 人中有 {num_missing} 人不在这次的名单里(不在名单不等于取消)：{who.zh}。"
                f"核对后{_WAY_OUT.zh}",
                f"{num_missing} of the {num} people planned last time are in no list now (which is no "
                f"cancellation): {who.en}. If that is right, {_WAY_OUT.en}",
            )
        )


def _named(standing: Standing, missing: Set[str]) -> Text:
    """Return who is missing by masked name and person number, the first ten."""
    if standing.plan is None:
        return Text("", "")
    riders = standing.plan.riders
    own = riders[riders["id_number"].isin(list(missing))].drop_duplicates("person").sort_values("person")
    people = [(mask_name(name), person) for name, person in zip(own["name"], own["person"], strict=True)]
    more = "…" * (len(people) > _MOST_NAMED)
    people = people[:_MOST_NAMED]
    return Text(
        "、".join(f"{name}(编号 {person})" for name, person in people) + more,
        ", ".join(f"{name} (person {person})" for name, person in people) + more,
    )


def _names(header: RunHeader | None) -> set[str]:
    return {original_name(PurePath(file.path)) for file in header.inputs} if header else set()
