"""What a choice of batches is worth: people class by class, then late days, then yuan."""

from dataclasses import dataclass

import numpy as np

from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import Floats, Ints, Problem

A_YUAN = 1e-5
"""Of a person of the last class: no plan costs so much that it decides on a person."""
LATE_DAY_YUAN = 5_000.0
"""Where late days come before money, in the linear program alone."""

Rank = tuple[float, ...]
"""The goals in their order; the greater the better."""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a market with C cells and D days.

    Attributes
    ----------
    persons : (K, C) of each class in one group
    late_days : (C, D) of one group
    late_day_yuan : None: before any money
    """

    persons: Floats
    late_days: Floats
    late_day_yuan: float | None

    @classmethod
    def of(cls, problem: Problem, part: Ints) -> "Goals":
        """Return the goals of the cells ``part``."""
        cells = problem.cells
        persons = persons_by_class(cells.weight[part], cells.num_persons[part])
        return cls(persons, cells.late_days[part], problem.limits.late_day_yuan)

    def worth(self, factor: float) -> Floats:
        """Return (D, C) what one group is worth to the linear program on each day.

        Parameters
        ----------
        factor : how many people of a class weigh as much as one of the class before it
        """
        num_classes = len(self.persons)
        value = factor ** np.arange(num_classes - 1, -1, -1.0) @ self.persons
        price = LATE_DAY_YUAN if self.late_day_yuan is None else self.late_day_yuan
        return np.ascontiguousarray(value - A_YUAN * price * self.late_days.T)

    def each(self, loads: Ints, day: Ints, yuan: Floats) -> list[Floats]:
        """Return one array a goal, in their order: how far each of B batches serves it.

        Parameters
        ----------
        loads : (B, C) groups on board
        day, yuan : (B,) of the batch
        """
        late = np.einsum("bc,cb->b", loads, self.late_days[:, day])
        people = [loads @ of_class for of_class in self.persons]
        if self.late_day_yuan is None:
            return [*people, -late, -yuan]
        return [*people, -yuan - self.late_day_yuan * late]
