"""returnplan: the batch planner that sends migrant workers back to work.

What its commands do, Python can do, too (docs/api.md). That is loaded when the first function is asked for, so that
``import returnplan`` takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from returnplan.api import *  # noqa: F403
else:

    def __getattr__(name: str) -> Any:
        """Return what :mod:`returnplan.api` has under a name."""
        api = import_module("returnplan.api")
        if name == "__all__" or name in api.__all__:
            return getattr(api, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the names that can be asked for."""
    return sorted({*globals(), *import_module("returnplan.api").__all__})
