"""The compiler of the hot loops: numba, with what it compiled kept on disk where a folder may be written.

The loops allocate nothing, so they are compiled without numba's counting of references, which took nine
tenths of their time; and only the entries get a wrapper for Python, which halves the compiler's time.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

_compile: Any = partial(njit, nogil=True, error_model="numpy", _nrt=False)


def inner(function: Function) -> Function:
    """Compile a loop that only compiled code calls."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def entry(function: Function) -> Function:
    """Compile a loop that Python calls; without a folder for the cache it is compiled once a process.

    The cache looks at the entry's own file only: after a change elsewhere in this package, touch it.
    """
    try:
        return _compile(function, cache=True)
    except RuntimeError:  # numba found no folder to write to
        return _compile(function)
