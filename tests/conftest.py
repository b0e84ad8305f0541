"""How Hypothesis runs: the same examples each time, so that what fails is the change; new ones in a long run."""

from hypothesis import settings

from tests.sweeps import IS_LONG

# how long an example takes is the machine's affair
settings.register_profile("untimed", deadline=None, derandomize=not IS_LONG)
settings.load_profile("untimed")
