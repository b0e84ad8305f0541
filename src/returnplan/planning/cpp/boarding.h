/// Who may ride in a batch, and what its stops and sums become when somebody gets on or off.
#pragma once

#include "state.h"

namespace returnplan {

/// Days from the first to the last, both included.
struct Days {
    Index first;
    Index last;
};

/// By how much a journey grows; infinite km where a limit forbids it.
struct Detour {
    double km;
    Index num_stops;
};

/// Return the days on which the batch may leave with the cell: with its own riders of the last plan, their
/// old day.
inline Days days_in(const Market &market, Index batch, Index cell) {
    const Cell &c = market.cells[cell];
    if (c.previous == batch)
        return {c.previous_day, c.previous_day};
    return {c.earliest, c.latest};
}

/// Return whether the batch has a day, a city and a county in common with the cell.
inline bool same_way(const State &state, Index batch, Index cell) {
    const Batch &b = state.batches[batch];
    const Cell &c = state.market.cells[cell];
    if (b.persons == 0)
        return true;
    const Days days = days_in(state.market, batch, cell);
    if (days.last < b.first || days.first > b.last || b.city_group != c.city_group)
        return false;
    return state.market.limits.mix_counties || b.county == c.county;
}

/// Return whether a unit of the cell may ride in the batch as far as seats, days, cities and counties go.
inline bool may_share(const State &state, Index batch, Index cell) {
    const Index seats = state.batches[batch].seats + state.market.cells[cell].seats;
    return seats <= state.market.limits.most_usable && same_way(state, batch, cell);
}

/// Return what it costs that one unit leaves its batch of the last plan, if it rides in this one (``NONE``:
/// in a new one).
inline double move_yuan(const Market &market, Index batch, Index cell) {
    const Cell &c = market.cells[cell];
    return c.previous != NONE && c.previous != batch ? c.move_yuan : 0.0;
}

/// Return the further km and stops of serving the cell's places, too.
Detour detour(State &state, Index batch, Index cell);

/// Put a unit into the stops, sums and list of a batch that it may share; false where stops or loops forbid
/// it.
bool put_in(State &state, Index batch, Index unit);

/// Put a unit onto the bench; its batch must be settled before it is used again.
void take_out(State &state, Index unit);

/// Work out again what people who got off have left open: the common days, the prefecture, the loops.
void settle(State &state, Index batch);

} // namespace returnplan
