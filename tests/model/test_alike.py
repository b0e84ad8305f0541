"""Lines that are alike get one number, in the order of the columns."""

import numpy as np

from returnplan.model.alike import alike


def test_kinds_are_those_of_numpy_in_its_order() -> None:
    columns = np.random.default_rng(1).integers(-3, 3, (3, 200))
    kinds, of_line = np.unique(columns, axis=1, return_inverse=True)
    found = alike(*columns)
    assert columns[:, found.first].tolist() == kinds.tolist()
    assert found.of_line.tolist() == of_line.tolist()
    assert all((columns[:, line] == columns[:, found.first[kind]]).all() for line, kind in enumerate(of_line))


def test_large_numbers_in_many_columns_are_told_apart() -> None:
    columns = np.array([[0, 2**40, 2**40, 0]] * 3 + [[1, 1, 2, 1]])
    assert alike(*columns).of_line.tolist() == [0, 1, 2, 0]


def test_no_lines_are_of_no_kind() -> None:
    found = alike(np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert len(found.first) == len(found.of_line) == 0
