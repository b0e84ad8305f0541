"""A campaign in whose store the plan with a train stands."""

from pathlib import Path

from returnplan.config import Config
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from tests.specimens.journeys import its_case
from tests.store.conftest import header

FEEDER, OTHER_FEEDER, TRAIN, TO_FOSHAN, TO_DONGGUAN = (f"0223-00{number}" for number in range(1, 6))
"""The batches of the plan."""


def railway_campaign(folder: Path) -> Campaign:
    """Save the plan with its roster, and return the campaign."""
    plan, roster = its_case().plan, its_case().roster
    origins = {
        home: {"coaches": 2, "trains": 0, "planned": 5, "boarded": 0, "walk_ups": 0, "cost": 0.0}
        for home in ("柳州市", "来宾市")
    }
    plan.summary["origins"] = origins
    return saved(folder, plan, roster)


def saved(folder: Path, plan: Plan, roster: Roster) -> Campaign:
    """Save a plan with its roster, and return the campaign."""
    persons = plan.riders.drop_duplicates("person")
    numbers = dict(zip(persons["id_number"].tolist(), persons["person"].tolist(), strict=True))
    path = folder / "returnplan.db"
    with Store.open(path, create=True) as store:
        store.save_run(header(), plan, numbers, roster)
    return Campaign(Config(rules=its_case().rules), path)
