"""Breaks down a vehicle of each of many random campaigns, and audits what is proposed.

    nice python -m tests.property.thousand_breakdowns [--times 1000] [--seed 7]

The suite does the same for a few campaigns (test_breakdowns); a hundred take some minutes. The slowest proposal is
told in CPU seconds.
"""

import click
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.property.campaigns import Campaign, campaigns
from tests.property.test_breakdowns import keeps_every_rule


@click.command()
@click.option("--times", type=click.IntRange(1), default=1_000, show_default=True)
@click.option("--seed", "start", type=int, default=7, show_default=True)
def main(times: int, start: int) -> None:
    """Break down TIMES vehicles."""
    seconds: list[float] = []

    @seed(start)
    @settings(deadline=None, max_examples=times, database=None, suppress_health_check=list(HealthCheck))
    @given(campaign=campaigns(), which=st.integers(0, 10_000))
    def breaks_down(campaign: Campaign, which: int) -> None:
        seconds.extend(keeps_every_rule(campaign, which))

    breaks_down()
    print(f"{len(seconds)} breakdowns kept every rule; the slowest took {max(seconds):.2f} CPU s")


if __name__ == "__main__":
    main()
