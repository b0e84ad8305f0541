"""The people of a plan as columns: riders, those on no batch, and job seekers with the vacancy found.

The columns are the fields of :class:`~returnplan.model.plan.Rider`, ``Unplanned`` and ``Match``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np
import pandas as pd

from returnplan.assembly.rides import Rides
from returnplan.model.person import COPIED
from returnplan.model.plan import Batch, Match, Rider, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.reasons.answers import Answer
from returnplan.reasons.standing import SAID, said_of
from returnplan.reasons.why_left import Verdict

MEND = Text("按退回的表改正后重新报送", "mend the row as marked in the returned sheet and send it again")


def riders_frame(
    rides: Rides, batches: Sequence[Batch], roster: Roster, number: "pd.Series[int]"
) -> pd.DataFrame:
    """Return the riders, batch by batch and seat by seat.

    Parameters
    ----------
    number : of each line of ``Roster.people``, the person number (编号)
    """
    people = roster.people.take(rides.person)
    child_seats = np.empty(len(people), dtype=object)
    child_seats.fill(())
    num_children = people["num_children"].to_numpy(np.int64)
    for line in np.flatnonzero(num_children):
        first = int(rides.seat[line]) + 1
        child_seats[line] = tuple(range(first, first + int(num_children[line])))
    names = np.array([batch.id for batch in batches], dtype=object)
    leaves = np.zeros(len(roster.people), dtype="datetime64[s]")
    leaves[rides.person[rides.is_first]] = np.array([batch.date for batch in batches], dtype="datetime64[s]")[
        rides.batch[rides.is_first]
    ]
    day = leaves[rides.person]
    places = np.array([place.name for place in roster.places], dtype=object)
    employer, post = work_of(people, roster)
    columns = {
        "batch": names[rides.batch],
        "person": number.to_numpy(np.int64)[rides.person],
        "seat": rides.seat,
        "child_seats": child_seats,
        "pickup": places[rides.pickup],
        "dropoff": places[rides.dropoff],
        "pickup_seq": rides.pickup_seq,
        "dropoff_seq": rides.dropoff_seq,
        "flexed": (day < people["flex_from"].to_numpy()) | (day > people["flex_to"].to_numpy()),
        "employer": employer,
        "post": post,
        "party": people["party_name"].to_numpy(dtype=object),
        "journey": names[rides.journey],
        "leg": rides.leg,
        "status": np.full(len(people), "assigned", dtype=object),
        "bound_yuan": np.zeros(len(people)),
        "rent_yuan": np.zeros(len(people)),
        "carriage": np.full(len(people), "", dtype=object),
        "seat_no": np.full(len(people), "", dtype=object),
        "order_no": np.full(len(people), "", dtype=object),
        **{name: people[name].to_numpy() for name in COPIED},
    }
    return pd.DataFrame({field.name: columns[field.name] for field in fields(Rider)})


def work_of(
    people: pd.DataFrame, roster: Roster
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.object_]], ...]":
    """Return employer and post of each line of people: of job seekers those of the vacancy found."""
    own = people["employer"].to_numpy(dtype=object)
    vacancy = people["vacancy"].to_numpy(np.int64)
    found = (own == "") & (vacancy >= 0)
    # -1 is the empty name at the end.
    employers = np.array([*(line.employer for line in roster.vacancies), ""], dtype=object)
    posts = np.array([*(line.post for line in roster.vacancies), ""], dtype=object)
    return (
        np.where(found, employers[vacancy], own),
        np.where(found, posts[vacancy], people["post"].to_numpy(dtype=object)),
    )


def matches_frame(roster: Roster, number: "pd.Series[int]") -> pd.DataFrame:
    """Return the job seekers for whom a vacancy was found, with the vacancy's own names."""
    people = roster.people
    matched = people[(people["employer"] == "") & (people["vacancy"] >= 0) & (people["code"] == "")]
    employer, post = work_of(matched, roster)
    columns = {
        "person": number.to_numpy(np.int64)[matched.index],
        "signup": matched["signup"].to_numpy(),
        "employer": employer,
        "post": post,
    }
    return pd.DataFrame({field.name: columns[field.name] for field in fields(Match)})


def unplanned_frame(
    rides: Rides,
    roster: Roster,
    number: "pd.Series[int]",
    left: Mapping[int, Verdict],
    answers: Mapping[int, Answer],
) -> pd.DataFrame:
    """Return the people on no batch in the order of the roster, then the rows with an error.

    Parameters
    ----------
    number : of each line of ``Roster.people``, the person number (编号)
    left : why the planner left a line of ``Roster.people``
    answers : what would place the waiting group of such a line
    """
    words = roster.people.assign(group=0)[list(SAID)].to_numpy(dtype=object, copy=True)
    for line, verdict in left.items():
        words[line] = said_of(verdict, answers.get(line))
    is_left = np.ones(len(words), dtype=bool)
    is_left[rides.person] = False
    people = roster.people.assign(person=number, **dict(zip(SAID, words.T, strict=True)))[is_left]
    people = people.astype({"group": np.int64})
    columns = [field.name for field in fields(Unplanned)]
    return pd.concat([people[columns], _rejected(roster)[columns]], ignore_index=True)


def _rejected(roster: Roster) -> pd.DataFrame:
    messages: dict[str, list[Text]] = defaultdict(list)
    for fault in roster.faults:
        if fault.severity == "error" and fault.signup is not None:
            messages[fault.signup].append(fault.message)
    rows = []
    for row in roster.rejected:
        said = list(dict.fromkeys(messages[row.ref])) or [Text("该行有错误", "the row has an error")]
        faulty = Unplanned(
            person=0,
            signup=row.ref,
            prefecture=row.prefecture,
            county=row.county,
            township=row.township,
            city=row.city,
            earliest=None,
            latest=None,
            code="faulty_row",
            reason_zh="；".join(message.zh for message in said),
            reason_en="; ".join(message.en for message in said),
            suggestion_zh=MEND.zh,
            suggestion_en=MEND.en,
            name=row.name,
            phone=row.phone,
        )
        rows.append(faulty)
    frame = pd.DataFrame(rows, columns=[field.name for field in fields(Unplanned)])
    typed: pd.DataFrame = frame.astype(
        {"earliest": "datetime64[s]", "latest": "datetime64[s]", "person": np.int64, "group": np.int64}
    )
    return typed
