"""HiGHS that keeps its words to itself: stdout belongs to the result alone."""

import highspy


class SilentHighs(highspy.Highs):
    """A solver that prints nothing.

    The constructor of highspy prints a banner when it enables the callbacks, before any option can be set
    from outside (HiGHS issues 1702 and 2749); so the option is set at that moment.
    """

    def enableCallbacks(self) -> None:  # noqa: N802  the library's name
        """Turn the output off, then go on as the library does."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
