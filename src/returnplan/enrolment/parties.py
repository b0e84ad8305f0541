"""Who travels with whom: group numbers and companions' names joined to parties, and which parties must split.

A group number is valid within its sheet: group 1 of two townships is two groups.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.enrolment.findings import Findings
from returnplan.model.components import first_of_component
from returnplan.model.intake import RejectedRow
from returnplan.model.text_column import text_column, with_texts
from returnplan.model.texts import Text
from returnplan.places import tidy
from returnplan.sheets.tables import whole_sheet

Ints = npt.NDArray[np.int64]
ALONE = -1


def find_parties(
    people: pd.DataFrame, rejected: tuple[RejectedRow, ...], findings: Findings
) -> tuple[Ints, dict[int, str]]:
    """Return the party of each line (-1 for a person alone), and the reference of a faulty row by party.

    Parties are numbered by their first line. A person whose only companion is a faulty row is a party too.
    """
    rows = [(row.ref, row.name, row.township, row.party, ()) for row in rejected]
    columns = ["ref", "name", "township", "party", "companions"]
    faulty_rows = pd.DataFrame(rows, columns=columns, dtype=object)
    nodes = pd.concat([_nodes(people), _nodes(faulty_rows)], ignore_index=True)
    # Each person with a group number is linked to the first of the group.
    grouped = nodes[nodes["party"] != ""]
    key = grouped["sheet"] + "\n" + grouped["party"].map(_group_number)
    line = pd.Series(grouped.index, index=grouped.index)
    same_number = pd.DataFrame({"a": line, "b": line.groupby(key).transform("first")})
    edges = pd.concat([same_number, _companions(nodes, findings)], ignore_index=True)
    if edges.empty:
        return np.full(len(people), ALONE, dtype=np.int64), {}
    first = first_of_component(len(nodes), edges["a"].to_numpy(np.int64), edges["b"].to_numpy(np.int64))
    together = np.bincount(first)[first] > 1
    number = np.full(len(nodes), ALONE, dtype=np.int64)
    number[together] = np.unique(first[together], return_inverse=True)[1]
    faulty = nodes[len(people) :]
    return number[: len(people)], {
        int(party): ref
        for party, ref in zip(number[len(people) :], faulty["ref"], strict=True)
        if party != ALONE
    }


def _nodes(people: pd.DataFrame) -> pd.DataFrame:
    """Return what links people: their sheet, names and companions."""
    told = with_texts(
        people[["ref", "name", "township", "party", "companions"]], ("ref", "name", "township", "party")
    )
    sheets = pd.Series(text_column(told["ref"]).before_mark(), told.index)
    parts = {name: whole for name in sheets.unique() if (whole := whole_sheet(name)) != name}
    return told.assign(sheet=sheets.replace(parts) if parts else sheets)


_BETWEEN = re.compile(r"[()（）\[\]【】:：]+")
_BEFORE_A_NAME = re.compile(
    r"^(?:[和与跟同带及])?(?:我|本人)?(?:的)?(?:妻子?|老婆|丈夫|老公|爱人|配偶|父亲|母亲|爸爸?|妈妈?|儿子|女儿|哥哥?|弟弟?|姐姐?|妹妹?|"
    r"兄弟|姐妹|亲戚|老乡|朋友|同事|堂[兄弟姐妹哥]|表[兄弟姐妹哥])?"
)
_BEHIND_A_NAME = re.compile(r"(?:一起走?|一道|一同|同行|同去|同车|等\d*人?)+$")


def companion_name(words: str, names: Collection[str]) -> str:
    """Return the tidy name that words about a companion mean: 刘芳(妻子), 和刘芳一起, 妻子：刘芳.

    It is one of ``names``, those of the sheet, if any reading of the words is; else the words without what is around.
    """
    whole = tidy(words)
    parts = [tidy(part) for part in _BETWEEN.split(words) if part.strip()]
    bare = [_BEHIND_A_NAME.sub("", part) for part in (whole, *parts)]
    readings = [whole, *parts, *bare, *(_BEFORE_A_NAME.sub("", part) for part in bare)]
    known = next((name for name in readings if name in names), "")
    return known or next((name for name in reversed(readings[len(parts) + 1 :]) if len(name) > 1), whole)


_BETWEEN_NAMES = re.compile(r"[和与跟同及]")
_FEWEST_LETTERS = 2


def companion_names(words: str, names: Collection[str]) -> tuple[str, ...]:
    """Return the tidy names that words about companions mean; known ones may stand side by side (赵七和钱八)."""
    one = companion_name(words, names)
    return (one,) if one in names else _side_by_side(tidy(words), names) or (one,)


def _side_by_side(words: str, names: Collection[str]) -> tuple[str, ...]:
    """Return the known names of which words are made up, nothing if anything else stands there."""
    # The longest first: 韦乙丙 is one name where it is known.
    for length in range(len(words), _FEWEST_LETTERS - 1, -1):
        if words[:length] not in names:
            continue
        rest = words[length:]
        if not rest:
            return (words,)
        for left in (rest, _BETWEEN_NAMES.sub("", rest, count=1) if _BETWEEN_NAMES.match(rest) else ""):
            if left and (others := _side_by_side(left, names)):
                return (words[:length], *others)
    return ()


_WORDS_OF_GROUP = re.compile(r"^第|[组号队]$")
_NUMERALS = {numeral: str(i) for i, numeral in enumerate("一二三四五六七八九十", 1)}


def _group_number(words: str) -> str:
    """Return a group number as they are compared: 第1组, 一组 and 1 are one."""
    bare = _WORDS_OF_GROUP.sub("", tidy(words))
    return _NUMERALS.get(bare, bare) or words


_NOBODY = pd.DataFrame({"a": [], "b": []}, dtype=np.int64)


def _companions(nodes: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Link people to their named companions; of several people of that name, one of the same township counts."""
    named = nodes.loc[nodes["companions"].map(len) > 0, ["ref", "name", "sheet", "township", "companions"]]
    if named.empty:
        return _NOBODY
    wishes = named.explode("companions").reset_index(names="a")
    names = nodes.assign(key=nodes["name"].map(tidy)).groupby("sheet")["key"].agg(set)
    wishes["key"] = [
        companion_names(told, names[sheet]) for told, sheet in rows_of(wishes, "companions", "sheet")
    ]
    wishes = wishes.explode("key", ignore_index=True)
    wishes = wishes[wishes["key"] != wishes["name"].map(tidy)]
    if wishes.empty:
        return _NOBODY
    mates = nodes[["sheet", "township"]].assign(key=nodes["name"].map(tidy), b=nodes.index)
    pairs = wishes.reset_index(names="wish").merge(mates, on=["sheet", "key"], suffixes=("", "_mate"))
    pairs["near"] = pairs["township"] == pairs["township_mate"]
    best = pairs[pairs["near"] | ~pairs.groupby("wish")["near"].transform("any")]
    clear = best[best.groupby("wish")["b"].transform("size") == 1]
    _warn_unclear(wishes[~wishes.index.isin(clear["wish"])], set(pairs["wish"]), findings)
    return clear[["a", "b"]]


def _warn_unclear(wishes: pd.DataFrame, several: set[int], findings: Findings) -> None:
    told = zip(wishes.index, wishes["ref"], wishes["key"], strict=True)
    for wish, ref, companion in told:
        many = wish in several
        findings.add(
            ref,
            "companions",
            companion,
            "companion_unclear" if many else "companion_unknown",
            Text(
                "本表有几个同名的人，不知与哪一个同行" if many else "本表没有这个同行人",
                "several people in this sheet have this name" if many else "no such companion in this sheet",
            ),
            Text(
                "填写同行组号，或写本表里的姓名",
                "fill in the group number, or the name as this sheet has it",
            ),
            "warning",
        )


class Break(NamedTuple):
    """One cause why parties cannot travel: the reason by party, which names the row, and what would help.

    ``of_named`` is the reason for the person of that row, which names the row of another one.
    """

    reasons: dict[int, Text]
    suggestion: Text
    of_named: Mapping[str, Text] = {}


def split_parties(people: pd.DataFrame, faulty: dict[int, str]) -> None:
    """Give the members of parties that cannot travel whole the code ``party_split``, in place.

    Members who are kept back themselves keep their own code. ``faulty`` is the reference of a faulty row by
    party; ``people`` is complete but for these verdicts.
    """
    members = people[people["party"] >= 0]
    if members.empty:
        return
    for reasons, suggestion, of_named in _breaks(members, faulty):
        lines = members.index[members["party"].isin(list(reasons)) & (people["code"][members.index] == "")]
        reason = [
            of_named.get(ref, reasons[party]) for ref, party in rows_of(people.loc[lines], "signup", "party")
        ]
        people.loc[lines, "code"] = "party_split"
        people.loc[lines, "reason_zh"] = [text.zh for text in reason]
        people.loc[lines, "reason_en"] = [text.en for text in reason]
        people.loc[lines, ["suggestion_zh", "suggestion_en"]] = list(suggestion)


def _breaks(members: pd.DataFrame, faulty: dict[int, str]) -> Iterator[Break]:
    yield Break(
        {
            party: Text(f"同行人 {ref} 报名有误", f"a companion's row is faulty: {ref}")
            for party, ref in faulty.items()
        },
        Text("改正该行", "correct that row"),
    )
    kept = members[members["code"] != ""].drop_duplicates("party")
    yield Break(
        {
            party: Text(f"同行人 {ref} 不能出行（{zh}）", f"a companion, {ref}, cannot travel ({en})")
            for party, ref, zh, en in rows_of(kept, "party", "signup", "reason_zh", "reason_en")
        },
        Text("改为不同行后可分别安排", "they can be planned apart if they part"),
    )
    for column, zh, en in (("city", "务工城市", "city"), ("pickup", "上车地点", "pick-up")):
        first = members.groupby("party")[[column, "signup"]].transform("first")
        odd = members[members[column] != first[column]].drop_duplicates("party")
        words = partial(_differs, zh, en)
        yield Break(
            {party: words(ref) for party, ref in rows_of(odd, "party", "signup")},
            Text(f"统一{zh}", f"agree on one {en}"),
            dict(zip(odd["signup"], map(words, first.loc[odd.index, "signup"]), strict=True)),
        )
    last, first_gone = _apart(members)
    yield Break(
        {party: _no_common_day(ref) for party, ref in rows_of(last, "party", "signup")},
        Text("商定共同的出发日期", "agree on a common day"),
        dict(zip(last["signup"], map(_no_common_day, first_gone), strict=True)),
    )


def _differs(zh: str, en: str, ref: str) -> Text:
    return Text(f"同行人 {ref} 的{zh}不同", f"a companion, {ref}, has another {en}")


def _no_common_day(ref: str) -> Text:
    return Text(f"同行人 {ref} 与其他人没有共同的日期", f"a companion, {ref}, has no day in common")


def _apart(members: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return of each party without a common day the member who is free last, and the row of the first to be gone."""
    last_first = members.sort_values("earliest", kind="stable").drop_duplicates("party", keep="last")
    gone_first = members.sort_values("latest", kind="stable").drop_duplicates("party").set_index("party")
    mate = gone_first.loc[last_first["party"], ["latest", "signup"]]
    is_apart = last_first["earliest"].to_numpy() > mate["latest"].to_numpy()
    return last_first[is_apart], mate.loc[is_apart, "signup"].tolist()
