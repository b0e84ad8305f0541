"""Memory that is not needed any more, given back to the system.

The C library of Linux keeps what was freed between blocks in use: after the sheets of a region are read, as much as
these take. Other systems give it back by themselves.
"""

import ctypes
import sys


def give_back() -> None:
    """Give back what was freed."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
        if trim is not None:
            trim(0)
