#include "fill_up.h"

#include "boarding.h"
#include "capacity.h"
#include "insertion.h"
#include "journal.h"
#include "vehicle_choice.h"

namespace returnplan {

Index FillUp::fill_batch_of(Index unit) {
    const Market &market = state_.market;
    const Index cell = market.unit_cell[unit];
    Index batch = state_.batch_of[unit], num_moved = 0, num_asked = 0;
    if (batch == NONE) {
        batch = empty_batch(state_, cell);
        if (batch == NONE || !add(state_, batch, unit))
            return 0;
        num_moved = 1;
    }
    for (const Index neighbour : market.near.row(cell)) {
        const Cell &c = market.cells[neighbour];
        for (Index other = c.first_unit; other < c.end_unit; ++other) {
            if (num_asked == params_.most_asked || has_least_load(batch))
                return num_moved;
            ++num_asked;
            if (state_.batch_of[other] == batch || random_.happens(params_.chance_of_skip))
                continue;
            if (!may_share(state_, batch, neighbour) || detour(state_, batch, neighbour).km == IMPOSSIBLE)
                break;
            if (change_to(batch, other))
                ++num_moved;
        }
    }
    return num_moved;
}

bool FillUp::has_least_load(Index batch) const {
    return state_.batches[batch].persons >= state_.least_load(batch);
}

/// Let a unit change to the batch if its own can spare it.
bool FillUp::change_to(Index batch, Index unit) {
    const Market &market = state_.market;
    const Index old = state_.batch_of[unit];
    if (old == NONE)
        return add(state_, batch, unit);
    const Index persons_left = state_.batches[old].persons - market.cell_of(unit).persons;
    if (persons_left < state_.least_load(old) || !touch(state_, old))
        return false;
    release(state_, old);
    take_out(state_, unit);
    settle(state_, old);
    choose_vehicle(state_, old);
    hold(state_, old);
    if (add(state_, batch, unit))
        return true;
    add(state_, old, unit);
    return false;
}

} // namespace returnplan
