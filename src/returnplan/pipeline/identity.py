"""Which run is this: the same inputs, rules, date and version are the same run."""

import hashlib
import json
from datetime import UTC, date, datetime

from returnplan import __version__
from returnplan.config import Config
from returnplan.intake import Intake
from returnplan.plan import RunHeader

ID_LENGTH = 12


def run_header(intake: Intake, config: Config, as_of: date | None) -> RunHeader:
    """Return the header of the run that these inputs make under these rules."""
    settings = config.model_dump(mode="json", exclude_unset=True)
    what = {
        # the order of files decides which of two sign-ups of one person is the later one
        "inputs": [(file.path, file.sha256) for file in intake.inputs],
        "config": settings,
        "as_of": as_of and as_of.isoformat(),
        "version": __version__,
    }
    digest = hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()
    return RunHeader(
        id=digest[:ID_LENGTH],
        created_at=datetime.now(UTC).astimezone().replace(microsecond=0),
        version=__version__,
        as_of=as_of,
        inputs=intake.inputs,
        config=settings,
        lang=config.lang or intake.lang,
    )
