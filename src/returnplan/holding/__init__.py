"""What people were told stays as it is in a new run: held batches, their riders, numbers and plates.

Takes held people out of the new problem and puts them back into the new plan; plans nothing itself.
"""

from returnplan.holding.aboard import heads_of
from returnplan.holding.heard import heard, less_travelled
from returnplan.holding.held import Held, held_part
from returnplan.holding.joining import joined
from returnplan.holding.masks import HELD, masked, unmasked
from returnplan.holding.numbers import succeeding
from returnplan.holding.resources import less_held
from returnplan.holding.rows import with_held_rows
from returnplan.holding.spare import newcomers_on_spare_seats
from returnplan.holding.told import told_of

__all__ = [
    "HELD",
    "Held",
    "heads_of",
    "heard",
    "held_part",
    "joined",
    "less_held",
    "less_travelled",
    "masked",
    "newcomers_on_spare_seats",
    "succeeding",
    "told_of",
    "unmasked",
    "with_held_rows",
]
