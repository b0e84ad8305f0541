"""Who had a seat in the last plan and has none in the new one, or keeps one without being in any list: by name."""

from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd

from returnplan.carryover import Kept
from returnplan.enrolment.findings import sheet_of
from returnplan.enrolment.identity import faulty_rows_of
from returnplan.model.aboard import is_aboard
from returnplan.model.changed_signups import ChangedSignUp
from returnplan.model.intake import RejectedRow
from returnplan.model.masking import mask_name
from returnplan.model.plan import OWN_WORD, Plan
from returnplan.model.texts import Text
from returnplan.papers.wording import say_code

MOST_NAMED = 10


def lost_seats(
    old: Plan | None, plan: Plan, said: Collection[int], rejected: Sequence[RejectedRow] = ()
) -> list[Text]:
    """Return who had a seat that nobody kept for them: who is in no list any more, and who waits, each with why.

    Parameters
    ----------
    said : person numbers of people who cancelled, put off their journey or were not at the stop: they know
    rejected : the rows with an error, of which some may be theirs
    """
    if old is None:
        return []
    riders = _by_person(old.riders[~is_aboard(old.riders)])
    has_seat = riders["person"].isin(plan.riders["person"])
    off = riders[~has_seat & ~riders["person"].isin(list(said)) & (riders["status"] == "assigned")]
    codes = off["person"].map(plan.unplanned.drop_duplicates("person").set_index("person")["code"])
    faulty = dict.fromkeys(faulty_rows_of(off[codes.isna()], rejected), "faulty_row")
    codes = codes.where(codes.notna(), off["id_number"].map(faulty))
    gone, left = off[codes.isna()], off[codes.notna() & ~codes.isin(OWN_WORD)]
    found = []
    if len(gone):
        who = named(gone, [f"{row.batch} {row.signup}" for row in gone.itertuples()])
        found.append(
            Text(
                f"{len(gone)} 人上次有座位、现在哪张表里都没有(不等于取消)，座位没有保留，请向乡镇核实：{who.zh}",
                f"{len(gone)} people had a seat and are in no list now (which is no cancellation); no seat was kept, "
                f"ask the township: {who.en}",
            )
        )
    if len(left):
        why = zip(left["batch"].tolist(), codes[left.index].tolist(), strict=True)
        who = named(
            left, [Text(f"{at} {say_code(code, 'zh')}", f"{at} {say_code(code, 'en')}") for at, code in why]
        )
        found.append(
            Text(
                f"{len(left)} 人上次有座位、这次没有：{who.zh}",
                f"{len(left)} people had a seat and have none now: {who.en}",
            )
        )
    return found


def kept_without_list(old: Plan, persons: Collection[int]) -> list[Text]:
    """Return who keeps a seat that they were told of and is in no list any more; not who is on the way already."""
    departed = {batch.id for batch in old.batches if batch.state == "departed"}
    riders = _by_person(old.riders[~old.riders["batch"].isin(departed)])
    riders = riders[riders["person"].isin(list(persons))]
    if riders.empty:
        return []
    who = named(riders, [f"{row.batch} {row.signup}" for row in riders.itertuples()])
    return [
        Text(
            f"{len(riders)} 名已通知人员不在这次的名单里(不等于取消)，座位保留，请核实：{who.zh}",
            f"{len(riders)} people who were told of their coach are in no list now; they keep their seats, "
            f"please confirm: {who.en}",
        )
    ]


def say_changed_signups(kept: Kept, changed: Sequence[ChangedSignUp]) -> list[Text]:
    """Return whose sign-ups no longer ask for the seat that they keep: a line a batch, with everybody."""
    news: dict[str, dict[int, list[Text]]] = {}
    for one in changed:
        news.setdefault(one.batch, {}).setdefault(one.person, []).append(one.words)
    found = []
    for batch, of_person in news.items():
        riders = kept.riders[(kept.riders["batch"] == batch) & kept.riders["person"].isin(list(of_person))]
        said = [
            Text("，".join(one.zh for one in words), ", ".join(one.en for one in words))
            for words in (of_person[person] for person in riders["person"].tolist())
        ]
        who = named(riders, said, most=len(riders))
        num = len(of_person)
        found.append(
            Text(
                f"{batch} 上 {num} 名已通知人员的报名改了，座位没有动，请与本人商定(改乘、改日期用 returnplan change)："
                f"{who.zh}",
                f"{batch}: the sign-ups of {num} people who were told of it have changed; their seats stay as they "
                f"were, agree with them (returnplan change): {who.en}",
            )
        )
    return found


def named(riders: pd.DataFrame, words: Sequence[Text | str], most: int = MOST_NAMED) -> Text:
    """Return people by masked name, person number and township, the first ones of many, each with further words."""
    shown = []
    columns = (riders[name].tolist() for name in ("name", "person", "township"))
    for name, person, township, more in list(zip(*columns, words, strict=True))[:most]:
        zh, en = (more, more) if isinstance(more, str) else more
        shown.append(
            Text(
                f"{mask_name(name)}(编号 {'，'.join(filter(None, (str(person), township, zh)))})",
                f"{mask_name(name)} (person {', '.join(filter(None, (str(person), township, en)))})",
            )
        )
    more = "…" * (len(riders) > most)
    return Text("、".join(one.zh for one in shown) + more, ", ".join(one.en for one in shown) + more)


def by_sheet(riders: pd.DataFrame, read: Collection[tuple[str, str]]) -> Text:
    """Return how many people each sheet of before lacks, and which sheet is not there at all.

    Parameters
    ----------
    read : file and sheet of all people of now
    """
    counts = Counter(map(sheet_of, riders["signup"].tolist()))
    zh, en = [], []
    for (file, sheet), num in sorted(counts.items()):
        if (file, sheet) in read:
            zh.append(f"{file} 的 {sheet} 少了 {num} 人")
            en.append(f"{sheet} of {file} lacks {num}")
        else:
            zh.append(f"{file} 少了工作表 {sheet}，{num} 人")
            en.append(f"{file} lacks its sheet {sheet} with {num}")
    return Text("；".join(zh), "; ".join(en))


def _by_person(riders: pd.DataFrame) -> pd.DataFrame:
    return riders.sort_values(["person", "leg"], kind="stable").drop_duplicates("person")
