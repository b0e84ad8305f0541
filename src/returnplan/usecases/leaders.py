"""Whom the riders of a batch were told to phone: that rider leads it for as long as they ride it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from returnplan.model.plan import Rider
from returnplan.papers.passengers import contact_of
from returnplan.store import CallRecord


def leaders_told(known: Mapping[int, CallRecord], riders: Mapping[str, Sequence[Rider]]) -> dict[str, str]:
    """Return by batch id name and phone of the leader that most of its riders were told, of those who still ride it.

    Whoever joins the batch later takes the place of none of them: all who were told would have to be called again.

    Parameters
    ----------
    known : the last call to each person
    riders : all riders of each batch
    """
    leaders = {}
    for batch, own in riders.items():
        aboard = set(map(contact_of, own))
        calls = (call for rider in own if (call := known.get(rider.person)))
        told = Counter(
            call.leader for call in calls if call.is_told and call.batch == batch and call.leader in aboard
        )
        if told:
            leaders[batch] = max(told, key=lambda leader: (told[leader], leader))
    return leaders
