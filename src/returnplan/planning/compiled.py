"""The compiler of the hot loops: numba, with what it compiled kept on disk where a folder may be written.

The loops allocate nothing, so they are compiled without numba's counting of references, which took nine
tenths of their time; and only the entries get a wrapper for Python, which halves the compiler's time.
"""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

_compile: Any = partial(njit, nogil=True, error_model="numpy", _nrt=False)


def inner(function: Function) -> Function:
    """Compile a loop that only compiled code calls."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def entry(function: Function) -> Function:
    """Compile a loop that Python calls; without a folder for the cache it is compiled once a process.

    numba compares the entry's own file with the cache, and would run old inner loops after an update, so it is
    given the digest of the whole package to compare.
    """
    try:
        compiled = _compile(function, cache=True)
    except RuntimeError:  # numba found no folder to write to
        return _compile(function)
    compiled._cache._cache_file._source_stamp = sources_digest(
        Path(__file__).parent
    )  # numba has no other way
    return compiled


@cache
def sources_digest(folder: Path) -> bytes:
    """Return the digest of all modules of a package."""
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.rglob("*.py")))).digest()
