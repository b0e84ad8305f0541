#include "insertion.h"

#include <algorithm>

#include "capacity.h"
#include "journal.h"
#include "vehicle_choice.h"

namespace returnplan {

double sharing_yuan(State &state, Index batch, Index cell) {
    const Market &market = state.market;
    const Batch &b = state.batches[batch];
    const Cell &c = market.cells[cell];
    const Detour more = detour(state, batch, cell);
    if (more.km == IMPOSSIBLE)
        return IMPOSSIBLE;
    double yuan =
        market.limits.stop_cost_yuan * static_cast<double>(more.num_stops) + move_yuan(market, batch, cell);
    if (state.late_days.num_columns() > 0) {
        const Index day = std::min(std::max(b.day, c.earliest), c.latest);
        yuan += state.prices.late_day
                * (state.late_days(batch, day) + market.late_days(cell, day) - state.late_days(batch, b.day));
    }
    const Index prefecture = b.prefecture == c.prefecture ? b.prefecture : MIXED;
    const Index goal = b.goal == c.goal ? b.goal : MIXED;
    const Journey then{
        b.day,      b.km + more.km, b.persons + c.persons,        b.seats + c.seats, b.weight + c.weight,
        prefecture, goal,           state.regime_of(batch, b.day)};
    return yuan + cheapest_pool(state, batch, then).yuan - b.vehicle_yuan;
}

Index empty_batch(State &state, Index cell) {
    for (Index batch = 0; batch < state.num_batches; ++batch) {
        if (state.batches[batch].persons == 0 && batch != state.market.cells[cell].previous) {
            state.num_active = std::max(state.num_active, batch + 1);
            return batch;
        }
    }
    return NONE;
}

bool add(State &state, Index batch, Index unit) {
    if (!touch(state, batch))
        return false;
    release(state, batch);
    bool is_added = put_in(state, batch, unit);
    if (is_added && choose_vehicle(state, batch) == IMPOSSIBLE) {
        take_out(state, unit);
        settle(state, batch);
        choose_vehicle(state, batch);
        is_added = false;
    }
    hold(state, batch);
    return is_added;
}

Index random_unit(const Market &market, Index cell, Random &random) {
    const Cell &c = market.cells[cell];
    return c.first_unit + random.below(c.end_unit - c.first_unit);
}

Index random_neighbour(const Market &market, Index cell, Random &random) {
    const View<const Index> near = market.near.row(cell);
    const Index neighbour = near[random.below(near.size())];
    return random_unit(market, neighbour, random);
}

Insertion::Place Insertion::best_of_all(Index cell, double chance_of_blink) {
    Place best{NONE, IMPOSSIBLE};
    for (Index batch = 0; batch < state_.num_active; ++batch) {
        if (state_.batches[batch].persons == 0)
            continue;
        const double yuan = joining_yuan(state_, batch, cell);
        if (yuan < best.yuan && !random_.happens(chance_of_blink))
            best = {batch, yuan};
    }
    return best;
}

Insertion::Place Insertion::best_near(Index cell) {
    Place best{NONE, IMPOSSIBLE};
    for (const Index neighbour : state_.market.near.row(cell)) {
        for (Index draw = 0; draw < params_.draws_per_cell; ++draw) {
            const Index batch = state_.batch_of[random_unit(state_.market, neighbour, random_)];
            if (batch == NONE || batch == best.batch)
                continue;
            const double yuan = joining_yuan(state_, batch, cell);
            if (yuan < best.yuan)
                best = {batch, yuan};
        }
    }
    return best;
}

bool Insertion::join_as_before(Index unit) {
    const Index cell = state_.market.unit_cell[unit], batch = state_.market.cells[cell].previous;
    return batch != NONE && may_share(state_, batch, cell) && add(state_, batch, unit);
}

bool Insertion::join_cheapest(Index unit) {
    const Place best = best_of_all(state_.market.unit_cell[unit], 0.0);
    return best.batch != NONE && add(state_, best.batch, unit);
}

Index Insertion::insert(View<const Index> units, double chance_of_blink) {
    const Market &market = state_.market;
    const bool sees_all = chance_of_blink == 0.0;
    Index batch = NONE, last_cell = NONE, num_looks = 0;
    for (const Index unit : units) {
        if (!state_.is_on_bench(unit) || join_as_before(unit)) // units may be listed twice
            continue;
        const Index cell = market.unit_cell[unit];
        if (batch == NONE || cell != last_cell || joining_yuan(state_, batch, cell) > ROUNDING) {
            ++num_looks;
            const bool looks_near = !sees_all && state_.num_active > params_.most_seen;
            const Place best = looks_near ? best_near(cell) : best_of_all(cell, chance_of_blink);
            const double alone_yuan = market.cells[cell].alone_yuan + move_yuan(market, NONE, cell);
            batch = best.yuan >= alone_yuan ? empty_batch(state_, cell) : best.batch;
        }
        last_cell = cell;
        if (batch != NONE && add(state_, batch, unit))
            continue;
        batch = empty_batch(state_, cell);
        if (batch != NONE && !add(state_, batch, unit))
            batch = NONE;
    }
    return num_looks;
}

} // namespace returnplan
