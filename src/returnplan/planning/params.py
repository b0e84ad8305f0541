"""How the search of a market goes: all its numbers, each with what it means and the range it must lie in."""

from dataclasses import dataclass, fields

CHANCES = ("share_of_rebuilds", "share_of_swaps", "share_of_reorders", "cheap_share", "idle_share")
"""Besides those named ``chance_…``: fields from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParams:
    """The numbers that the compiled search goes by; it reads them by name.

    Attributes
    ----------
    hot_yuan, cold_yuan : first and last temperature: about the loss that is accepted once in three times
    share_of_rebuilds : chance that a move is a rebuild
    share_of_swaps, share_of_reorders : chances that another move is one of these, not an exchange
    work_to_insert : units of work of finding a batch for a unit, against one for a tried exchange or for one more alike
    most_unchecked : units of work from one look at the clock to the next
    work_between_looks : units of work after which a memory looks again at the batches as they stand
    cheap_share : share of the search before the prices of missing people and late days turn strict
    first_person_yuan, last_person_yuan : what a missing person costs at first, and just before that: about a coach
    late_days_per_person : while prices are low, so many weigh as much as one missing person, if they have no own price
    idle_share : of a missing person's price that the riders of a batch save which lacks one to its least load
    fill_yuan_per_km, fill_yuan_per_day : of a detour, and of a day of waiting left, when a first plan is filled
    chance_of_blink : that an insertion does not look at a batch
    most_seen : batches of a market up to which an insertion looks at all
    draws_per_cell : riders of each near cell whose batches it looks at instead
    chance_of_new_batch : that an exchanged portion opens a batch
    chance_of_swap : that riders come back although there is room
    many_alike : units alike that move all together or only some of them; fewer move one by one often enough
    chance_of_shift : that nobody comes back in a swap
    most_moved : units that one rebuild may take out
    most_ruined : batches that lose riders in one rebuild
    chance_of_whole_batch : that a ruined batch loses all its riders, not those of one stop
    chance_for_stranded : that a rebuild is for somebody whom no batch takes, if there is anyone
    chance_for_rival : that for somebody on the bench another batch, perhaps to another city, gives up its vehicle
    chance_of_fill_up : that others change to the batch of somebody stranded instead
    most_asked : riders of near cells who are asked to
    chance_of_skip : that a rider is not asked, so that every attempt is another
    """

    hot_yuan: float = 10.0
    cold_yuan: float = 1.0
    share_of_rebuilds: float = 0.03
    share_of_swaps: float = 0.3
    share_of_reorders: float = 0.03
    work_to_insert: int = 5
    most_unchecked: int = 2000
    work_between_looks: int = 500

    cheap_share: float = 0.6
    first_person_yuan: float = 3000.0
    last_person_yuan: float = 5000.0
    late_days_per_person: float = 10.0
    idle_share: float = 0.5

    fill_yuan_per_km: float = 6.0
    fill_yuan_per_day: float = 30.0

    chance_of_blink: float = 0.01
    most_seen: int = 250
    draws_per_cell: int = 3

    chance_of_new_batch: float = 0.02
    chance_of_swap: float = 0.1
    many_alike: int = 10
    chance_of_shift: float = 0.3

    most_moved: int = 400
    most_ruined: int = 3
    chance_of_whole_batch: float = 0.2
    chance_for_stranded: float = 0.7
    chance_for_rival: float = 0.3
    chance_of_fill_up: float = 0.2
    most_asked: int = 200
    chance_of_skip: float = 0.3

    def __post_init__(self) -> None:
        """Raise ValueError where a number lies outside its range: chances from 0 to 1, all others above 0."""
        for field in fields(self):
            value = getattr(self, field.name)
            is_chance = field.name.startswith("chance_") or field.name in CHANCES
            if not (0 <= value <= 1 if is_chance else 0 < value < float("inf")):
                allowed = "from 0 to 1" if is_chance else "above 0"
                raise ValueError(f"{field.name} must be {allowed}, not {value}")
