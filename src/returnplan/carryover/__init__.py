"""What people were told stays as it is in a new run: kept batches, their riders, numbers and plates.

Takes kept people out of the new problem and puts them back into the new plan; plans nothing itself.
"""

from returnplan.carryover.heard import CORRECT_PAPER, as_come, heard, less_travelled, walked_up
from returnplan.carryover.kept import KEPT, Kept, joined, kept_part, less_kept, masked, unmasked
from returnplan.carryover.parties import parted
from returnplan.carryover.previous import previous_batches, succeeding
from returnplan.carryover.rows import with_kept_rows
from returnplan.carryover.shared_trains import trains_left, with_one_batch_a_train
from returnplan.carryover.spare_seats import newcomers_on_spare_seats
from returnplan.carryover.told_matches import vacancies_before, with_told_matches

__all__ = [
    "CORRECT_PAPER",
    "KEPT",
    "Kept",
    "as_come",
    "heard",
    "joined",
    "kept_part",
    "less_kept",
    "less_travelled",
    "masked",
    "newcomers_on_spare_seats",
    "parted",
    "previous_batches",
    "succeeding",
    "trains_left",
    "unmasked",
    "vacancies_before",
    "walked_up",
    "with_kept_rows",
    "with_one_batch_a_train",
    "with_told_matches",
]
