"""The store of a campaign, as the use cases see it."""

from returnplan.store.promises import Promises
from returnplan.store.purge import Purge
from returnplan.store.runs import Runs


class Store(Runs, Promises, Purge):
    """An open store: its runs, what people were told of them, and the end of all personal data."""
