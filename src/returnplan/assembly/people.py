"""The people of a plan as columns: riders, those on no batch, and job seekers with the vacancy found.

The columns are the fields of :class:`~returnplan.model.plan.Rider`, ``Unplanned`` and ``Match``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np
import pandas as pd

from returnplan.assembly.rides import Rides
from returnplan.model.person import COPIED, OWN_WORK
from returnplan.model.plan import Batch, Match, Rider, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.text_column import TextColumn, repeated, text_column, with_texts, words_of
from returnplan.model.texts import Text
from returnplan.problem.model import Bools
from returnplan.reasons.answers import Answer
from returnplan.reasons.standing import SAID, said_of
from returnplan.reasons.why_left import Verdict

_ASKED = ("num_children", "employer", "post", "vacancy", "party_name")
"""What else of the roster is asked for a rider."""
MEND = Text("按退回的表改正后重新报送", "mend the row as marked in the returned sheet and send it again")


def riders_frame(
    rides: Rides, batches: Sequence[Batch], roster: Roster, number: "pd.Series[int]"
) -> pd.DataFrame:
    """Return the riders, batch by batch and seat by seat.

    Parameters
    ----------
    number : of each line of ``Roster.people``, the person number (编号)
    """
    people = roster.people[list(dict.fromkeys((*COPIED, *_ASKED)))].take(rides.person)
    child_seats = np.empty(len(people), dtype=object)
    child_seats.fill(())
    num_children = people["num_children"].to_numpy(np.int64)
    for line in np.flatnonzero(num_children):
        first = int(rides.seat[line]) + 1
        child_seats[line] = tuple(range(first, first + int(num_children[line])))
    names = [batch.id for batch in batches]
    places = [place.name for place in roster.places]
    employer, post = work_of(people, roster)
    columns = {
        "batch": words_of(rides.batch, names),
        "person": number.to_numpy(np.int32)[rides.person],
        "seat": rides.seat.astype(np.int32),
        "child_seats": child_seats,
        "pickup": words_of(rides.pickup, places),
        "dropoff": words_of(rides.dropoff, places),
        "pickup_seq": rides.pickup_seq.astype(np.int32),
        "dropoff_seq": rides.dropoff_seq.astype(np.int32),
        "flexed": _is_outside_window(rides, batches, roster),
        "employer": employer,
        "post": post,
        "party": text_column(people["party_name"]),
        "journey": words_of(rides.journey, names),
        "leg": rides.leg.astype(np.int32),
        "status": repeated("assigned", len(people)),
        "bound_yuan": np.zeros(len(people)),
        "rent_yuan": np.zeros(len(people)),
        **{name: repeated("", len(people)) for name in ("carriage", "seat_no", "order_no")},
        **{name: people[name].array for name in COPIED},
    }
    # they are nobody else's, and a copy of a region is a gigabyte
    return pd.DataFrame({field.name: columns[field.name] for field in fields(Rider)}, copy=False)


def _is_outside_window(rides: Rides, batches: Sequence[Batch], roster: Roster) -> Bools:
    """Return for each ride whether the person leaves on a day outside the window that was told."""
    day_of_batch = np.array([batch.date for batch in batches], dtype="datetime64[s]")
    leaves = np.zeros(len(roster.people), dtype="datetime64[s]")
    leaves[rides.person[rides.is_first]] = day_of_batch[rides.batch[rides.is_first]]
    first, last = (roster.people[name].to_numpy() for name in ("flex_from", "flex_to"))
    is_outside = (leaves < first) | (leaves > last)
    return np.asarray(is_outside[rides.person])


def work_of(people: pd.DataFrame, roster: Roster) -> tuple[TextColumn, TextColumn]:
    """Return employer and post of each line of people: of job seekers those of the vacancy found.

    Who looks for work alone has none.
    """
    employer, post = (text_column(people[name]) for name in ("employer", "post"))
    vacancy = people["vacancy"].to_numpy(np.int64)
    found = (employer == "") & (vacancy >= 0)
    on_their_own = employer == OWN_WORK
    if not (found | on_their_own).any():
        return employer, post
    employer, post = employer.copy(), post.copy()
    employer[on_their_own] = ""
    employer[found] = words_of(vacancy[found], [line.employer for line in roster.vacancies])
    post[found] = words_of(vacancy[found], [line.post for line in roster.vacancies])
    return employer, post


def matches_frame(roster: Roster, number: "pd.Series[int]") -> pd.DataFrame:
    """Return the job seekers for whom a vacancy was found, with the vacancy's own names."""
    people = roster.people
    matched = people[(people["employer"] == "") & (people["vacancy"] >= 0) & (people["code"] == "")]
    employer, post = work_of(matched, roster)
    columns = {
        "person": number.to_numpy(np.int64)[matched.index],
        "signup": matched["signup"].array,
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
    is_left = np.ones(len(roster.people), dtype=bool)
    is_left[rides.person] = False
    people = roster.people[is_left].assign(person=number[is_left], group=0)
    words = people[list(SAID)].to_numpy(dtype=object, copy=True)
    for at, line in enumerate(np.flatnonzero(is_left).tolist()):
        if line in left:
            words[at] = said_of(left[line], answers.get(line))
    people = people.assign(**dict(zip(SAID, words.T, strict=True))).astype({"group": np.int64})
    columns = [field.name for field in fields(Unplanned)]
    texts = [field.name for field in fields(Unplanned) if field.type is str]
    parts = (with_texts(part[columns], texts) for part in (people, _rejected(roster)))
    return pd.concat(parts, ignore_index=True)


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
