"""Breaks down every vehicle of many random campaigns, one by one, and audits what is proposed.

    nice python -m tests.property.thousand_breakdowns [--times 1000] [--seed 7]

In half of the campaigns nobody can be planned, so they are drawn until there were enough breakdowns. The suite does the
same for a few campaigns (test_breakdowns); a hundred take some minutes. The slowest proposal is told in CPU seconds.
"""

import click
from hypothesis import HealthCheck, given, seed, settings

from tests.property.campaigns import Campaign, campaigns, planned
from tests.property.test_breakdowns import keeps_every_rule

CAMPAIGNS_AT_ONCE = 50


@click.command()
@click.option("--times", type=click.IntRange(1), default=1_000, show_default=True)
@click.option("--seed", "start", type=int, default=7, show_default=True)
def main(times: int, start: int) -> None:
    """Break down TIMES vehicles."""
    seconds: list[float] = []
    num_campaigns = 0

    def breaks_down(campaign: Campaign) -> None:
        nonlocal num_campaigns
        outcome = planned(campaign)
        num_campaigns += bool(outcome.plan.batches)
        seconds.extend(keeps_every_rule(campaign, outcome, batch) for batch in outcome.plan.batches)

    drawn = settings(
        deadline=None,
        max_examples=CAMPAIGNS_AT_ONCE,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    while len(seconds) < times:
        drawn(seed(start)(given(campaign=campaigns())(breaks_down)))()
        start += 1
        print(f"{len(seconds)} breakdowns of {num_campaigns} campaigns kept every rule", flush=True)
    print(f"the slowest proposal took {max(seconds):.2f} CPU s")


if __name__ == "__main__":
    main()
