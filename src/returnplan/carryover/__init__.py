"""What people were told stays as it is in a new run: held batches, their riders, numbers and plates.

Takes held people out of the new problem and puts them back into the new plan; plans nothing itself.
"""

from returnplan.carryover.aboard import heads_of
from returnplan.carryover.heard import heard, less_travelled
from returnplan.carryover.held import Held, held_part
from returnplan.carryover.joining import joined
from returnplan.carryover.masks import HELD, masked, unmasked
from returnplan.carryover.numbers import succeeding
from returnplan.carryover.resources import less_held
from returnplan.carryover.rows import with_held_rows
from returnplan.carryover.spare import newcomers_on_spare_seats
from returnplan.carryover.told import told_of

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
