"""Bad calls raise; bad data is a :class:`~returnplan.model.faults.Fault`. Every error carries its exit code."""

from typing import ClassVar

from returnplan.model.texts import Lang, Text


class ReturnplanError(Exception):
    """Root of all errors of this program.

    Parameters
    ----------
    message : what is wrong and how to mend it, in both languages

    Attributes
    ----------
    lang : the language that the sheets of the call told, None where the error came before any was read
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message
        self.lang: Lang | None = None

    def __reduce__(self) -> tuple[type["ReturnplanError"], tuple[Text]]:
        """Travel from another process with both languages."""
        return type(self), (self.message,)


class UsageError(ReturnplanError):
    """A name, option or setting that does not exist (exit 2)."""

    exit_code = 2


class InputRefused(ReturnplanError):  # noqa: N818  the field says "refused" (退回)
    """Nothing recognised, unreadable or dangerous input; nothing was changed (exit 3)."""

    exit_code = 3


class StoreLocked(ReturnplanError):  # noqa: N818
    """Another run holds the lock (exit 4)."""

    exit_code = 4


class StoreError(ReturnplanError):
    """The store or the disk refuses (exit 5)."""

    exit_code = 5


class StoreReadOnly(StoreError):  # noqa: N818
    """The store may be read and not written."""


class ClusterError(ReturnplanError):
    """The cluster that was to plan does not answer, is of another version, or was lost; nothing was saved (exit 5)."""

    exit_code = 5


class NobodyPlanned(ReturnplanError):  # noqa: N818
    """People are eligible and not one can be planned (exit 6)."""

    exit_code = 6


class PlanBroken(ReturnplanError):  # noqa: N818
    """The audit found a broken rule: a bug of ours, nothing is saved (exit 70)."""

    exit_code = 70


class Interrupted(ReturnplanError):  # noqa: N818
    """A person pressed Ctrl-C after something was saved (exit 130, as of any command that is interrupted)."""

    exit_code = 130


class Crashed(ReturnplanError):  # noqa: N818
    """A bug of ours showed after something was saved (exit 70, as of any bug)."""

    exit_code = 70
