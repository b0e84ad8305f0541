"""``change``: one batch changed by hand at the coach door; nobody else is moved.

Whoever no longer fits (too few seats, another day, no vehicle) is named with another seat if there is one, and nothing
is changed before a person has said so: by ``agreed`` or ``drop`` for some, by ``yes`` for the rest.
"""

from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change.names import named
from returnplan.usecases.change.request import ChangeOutcome, ChangeRequest, Move

__all__ = ["ChangeOutcome", "ChangeRequest", "Move", "change"]


def change(campaign: Campaign, request: ChangeRequest) -> ChangeOutcome:
    """Change a batch, audit the plan, save it, and write the next version of the papers of the changed batches.

    The same change again, when it was the last of the batch, is not made twice: its papers are written. Where somebody
    no longer fits, or the vehicle does not come, the change is proposed and not made, unless ``yes`` accepts it.

    Raises
    ------
    UsageError : no such batch, person or vehicle; it has departed; or the change would break a rule
    InputRefused : nothing is planned yet
    StoreLocked : another run is at work
    Interrupted : a person pressed Ctrl-C after the change was saved
    """
    if request.is_naming:
        return named(campaign, request)
    if request.mended:
        from returnplan.usecases.change.mended import mended  # loads pandas, too

        return mended(campaign, request)
    from returnplan.usecases.change.seats import reseated_by_hand  # loads pandas, which plates do not need

    return reseated_by_hand(campaign, request)
