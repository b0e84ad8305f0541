#include "repair.h"

#include <algorithm>

#include "boarding.h"
#include "capacity.h"
#include "journal.h"
#include "vehicle_choice.h"

namespace returnplan {

namespace {

/// Put everybody into the batch that stands for theirs, as far as its stops and days still suit them.
void seat_as_before(State &state) {
    const Market &market = state.market;
    for (Index unit = 0; unit < market.unit_cell.size(); ++unit) {
        const Index cell = market.unit_cell[unit], batch = market.cells[cell].previous;
        if (batch == NONE)
            continue;
        state.num_active = std::max(state.num_active, batch + 1);
        if (may_share(state, batch, cell))
            put_in(state, batch, unit);
    }
}

/// Take the vehicle of the last plan where there still is one, so that each batch first has its own.
void vehicle_as_before(State &state, Index batch) {
    const Market &market = state.market;
    Batch &b = state.batches[batch];
    b.pool = NONE;
    if (b.num_members == 0)
        return;
    const Cell &c = market.cell_of(state.members(batch, 0));
    if (c.previous_pool == NONE)
        return;
    const Pool &p = market.pools[c.previous_pool];
    const Index usable = market.usable(state.regime_of(batch, c.previous_day), c.previous_pool);
    const bool fits = usable >= b.seats && serves(p, b.prefecture, b.goal);
    if (!fits || !is_vehicle_free(state, c.previous_pool, c.previous_day))
        return;
    b.pool = c.previous_pool;
    b.day = c.previous_day;
    hold(state, batch);
}

/// Put everybody of a batch, whose vehicle is not held, onto the bench.
void let_off(State &state, Index batch) {
    while (state.batches[batch].num_members > 0)
        take_out(state, state.members(batch, state.batches[batch].num_members - 1));
    choose_vehicle(state, batch);
}

/// Take the cheapest vehicle there is now; where no rule allows any, everybody has to get off.
void charter_again(State &state, Index batch) {
    release(state, batch);
    if (choose_vehicle(state, batch) < IMPOSSIBLE)
        hold(state, batch);
    else
        let_off(state, batch);
}

} // namespace

void repair(State &state, Insertion &insertion, View<const Index> order) {
    seat_as_before(state);
    for (Index batch = 0; batch < state.num_active; ++batch)
        vehicle_as_before(state, batch);
    for (Index batch = 0; batch < state.num_active; ++batch)
        charter_again(state, batch);
    insert_rest(state, insertion, order, Idle::ALLOWED);
}

void insert_rest(State &state, Insertion &insertion, View<const Index> order, Idle idle) {
    const bool may_idle = idle == Idle::ALLOWED;
    for (const Index cell : order) {
        const Cell &c = state.market.cells[cell];
        for (Index unit = c.first_unit; unit < c.end_unit; ++unit) {
            if (!state.is_on_bench(unit))
                continue;
            if (may_idle || !insertion.join_cheapest(unit))
                insertion.insert({&unit, 1}, 0.0);
            const Index batch = state.batch_of[unit];
            if (batch == NONE || !(may_idle || is_worth_running(state, batch))) {
                undo(state);
                break; // nor do those who are like it find a place
            }
            keep(state);
        }
    }
}

void dissolve_idle(State &state) {
    for (Index batch = 0; batch < state.num_active; ++batch) {
        if (state.batches[batch].num_members == 0 || is_worth_running(state, batch))
            continue;
        release(state, batch);
        let_off(state, batch);
    }
}

} // namespace returnplan
