"""Links make components, whatever their order and direction."""

import numpy as np

from returnplan.model.components import first_of_component


def test_each_node_knows_the_first_of_those_it_hangs_together_with() -> None:
    ends = np.array([[5, 3], [1, 3], [0, 4]])
    assert first_of_component(7, ends[:, 0], ends[:, 1]).tolist() == [0, 1, 2, 1, 0, 1, 6]


def test_a_long_chain_is_one_component_in_any_order() -> None:
    links = np.random.default_rng(3).permutation(np.arange(99))
    assert first_of_component(100, links + 1, links).tolist() == [0] * 100
