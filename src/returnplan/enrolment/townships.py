"""Which of the expected townships have reported."""

from dataclasses import dataclass

from returnplan.model.intake import Intake
from returnplan.model.texts import Text
from returnplan.places import core, tidy


@dataclass(frozen=True, slots=True)
class TownshipReport:
    """The townships expected (``[townships] expected``), in their order, and those of them still missing."""

    expected: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def note(self) -> Text:
        """How many have reported, and who has not."""
        done = f"{len(self.expected) - len(self.missing)}/{len(self.expected)}"
        if not self.missing:
            return Text(f"{done} 已报", f"{done} townships have reported")
        return Text(
            f"{done} 已报，未报：{'、'.join(self.missing)}",
            f"{done} townships have reported; missing: {', '.join(self.missing)}",
        )


def township_report(intake: Intake, expected: tuple[str, ...]) -> TownshipReport:
    """Return who has reported: whose name stands in a row, or in the name of a sign-up file or sheet.

    A sheet without people is a report too: nobody of that township travels.
    """
    titles = {tidy(f"{sheet.file} {sheet.sheet}") for sheet in intake.sheets if sheet.kind == "signups"}
    rows = {
        tidy(text) for text in (*intake.signups["township"].unique(), *(r.township for r in intake.rejected))
    }
    cores = {core(text) for text in rows}
    missing = (
        name
        for name in expected
        if core(tidy(name)) not in cores and not any(tidy(name) in text for text in (*rows, *titles))
    )
    return TownshipReport(expected, tuple(missing))
