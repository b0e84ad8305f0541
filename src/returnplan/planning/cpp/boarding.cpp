#include "boarding.h"

#include <algorithm>

namespace returnplan {

namespace {

/// Make an empty batch one for the cell.
void open(State &state, Index batch, Index cell) {
    Batch &b = state.batches[batch];
    const Cell &c = state.market.cells[cell];
    const Days days = days_in(state.market, batch, cell);
    b.first = days.first;
    b.last = days.last;
    b.day = days.first;
    b.move_yuan = 0.0;
    b.prefecture = c.prefecture;
    b.goal = c.goal;
    b.county = c.county;
    b.city_group = c.city_group;
    b.city = c.city;
    b.num_picks = 0;
    b.num_drops = 0;
    b.weight = 0.0;
    b.pick_km = 0.0;
    b.drop_km = 0.0;
    for (double &days_late : state.late_days.row(batch))
        days_late = 0.0;
}

/// Let people board at a place; false where no stop more is allowed, or the loop becomes too long.
bool board(State &state, Index batch, const Cell &c, const Roads &roads) {
    const Limits &limits = state.market.limits;
    Batch &b = state.batches[batch];
    Stops pickups = state.pickups(batch);
    const Index at = pickups.find(c.pickup);
    if (at != NONE) {
        pickups.add_persons(at, c.persons);
        return true;
    }
    if (pickups.size() == limits.max_pickups)
        return false;
    const double room_km = limits.max_pickup_km - b.pick_km + ROUNDING;
    const Gap gap = pickups.best_gap(roads, c.pickup, {NONE, state.dropoffs(batch).first()}, room_km);
    if (gap.more_km == IMPOSSIBLE)
        return false;
    pickups.call_at(c.pickup, gap.at, c.persons);
    b.pick_km += gap.loop_km;
    return true;
}

/// Let people alight at a place; false where no stop more is allowed, or the loop becomes too long.
bool alight(State &state, Index batch, const Drop &drop, const Roads &roads) {
    const Limits &limits = state.market.limits;
    Batch &b = state.batches[batch];
    Stops dropoffs = state.dropoffs(batch);
    const Index at = dropoffs.find(drop.place);
    if (at != NONE) {
        dropoffs.add_persons(at, drop.persons);
        return true;
    }
    if (dropoffs.size() == limits.max_dropoffs)
        return false;
    const double room_km = limits.max_dropoff_km - b.drop_km + ROUNDING;
    const Gap gap = dropoffs.best_gap(roads, drop.place, {state.pickups(batch).last(), NONE}, room_km);
    if (gap.more_km == IMPOSSIBLE)
        return false;
    dropoffs.call_at(drop.place, gap.at, drop.persons);
    b.drop_km += gap.loop_km;
    return true;
}

/// Measure both loops of the batch.
void measure_loops(State &state, Index batch, const Roads &roads) {
    state.batches[batch].pick_km = state.pickups(batch).along(roads);
    state.batches[batch].drop_km = state.dropoffs(batch).along(roads);
}

} // namespace

Detour detour(State &state, Index batch, Index cell) {
    const Market &market = state.market;
    const Batch &b = state.batches[batch];
    const Cell &c = market.cells[cell];
    const Roads roads = market.roads(b.day);
    const Stops pickups = state.pickups(batch), dropoffs = state.dropoffs(batch);
    Detour detour{0.0, 0};
    Index last_pickup = c.pickup;
    if (pickups.size() > 0) {
        last_pickup = pickups.last();
        if (pickups.find(c.pickup) == NONE) {
            if (pickups.size() == market.limits.max_pickups)
                return {IMPOSSIBLE, 0};
            const double room_km = market.limits.max_pickup_km - b.pick_km + ROUNDING;
            detour.km += pickups.best_gap(roads, c.pickup, {NONE, dropoffs.first()}, room_km).more_km;
            ++detour.num_stops;
        }
    }
    const double room_km = market.limits.max_dropoff_km - b.drop_km + ROUNDING;
    Index new_drops = 0;
    for (Index i = c.drop_first; i < c.drop_end; ++i) {
        const Index place = market.drops[i].place;
        if (dropoffs.find(place) != NONE)
            continue;
        ++detour.num_stops;
        ++new_drops;
        if (dropoffs.size() + new_drops > market.limits.max_dropoffs)
            return {IMPOSSIBLE, 0};
        detour.km += dropoffs.best_gap(roads, place, {last_pickup, NONE}, room_km).more_km;
    }
    return detour;
}

bool put_in(State &state, Index batch, Index unit) {
    const Market &market = state.market;
    const Index cell = market.unit_cell[unit];
    Batch &b = state.batches[batch];
    const Cell &c = market.cells[cell];
    if (b.persons == 0)
        open(state, batch, cell);
    const Roads roads = market.roads(b.day);
    if (!board(state, batch, c, roads))
        return false;
    for (Index i = c.drop_first; i < c.drop_end; ++i) {
        if (alight(state, batch, market.drops[i], roads))
            continue;
        for (Index j = c.drop_first; j < i; ++j)
            state.dropoffs(batch).skip(market.drops[j].place, market.drops[j].persons);
        state.pickups(batch).skip(c.pickup, c.persons);
        measure_loops(state, batch, roads);
        return false;
    }
    const Days days = days_in(market, batch, cell);
    b.first = std::max(b.first, days.first);
    b.last = std::min(b.last, days.last);
    b.move_yuan += move_yuan(market, batch, cell);
    b.persons += c.persons;
    b.seats += c.seats;
    b.weight += c.weight;
    if (b.prefecture != c.prefecture)
        b.prefecture = MIXED;
    if (b.goal != c.goal)
        b.goal = MIXED;
    if (b.city != c.city)
        b.city = MIXED;
    for (Index day = 0; day < state.late_days.num_columns(); ++day)
        state.late_days(batch, day) += market.late_days(cell, day);
    state.move_to_list(unit, batch);
    return true;
}

void take_out(State &state, Index unit) {
    const Market &market = state.market;
    const Index batch = state.batch_of[unit], cell = market.unit_cell[unit];
    Batch &b = state.batches[batch];
    const Cell &c = market.cells[cell];
    b.move_yuan -= move_yuan(market, batch, cell);
    b.persons -= c.persons;
    b.seats -= c.seats;
    b.weight -= c.weight;
    state.pickups(batch).skip(c.pickup, c.persons);
    for (Index i = c.drop_first; i < c.drop_end; ++i)
        state.dropoffs(batch).skip(market.drops[i].place, market.drops[i].persons);
    for (Index day = 0; day < state.late_days.num_columns(); ++day)
        state.late_days(batch, day) -= market.late_days(cell, day);
    state.move_to_list(unit, NONE);
}

void settle(State &state, Index batch) {
    const Market &market = state.market;
    Batch &b = state.batches[batch];
    if (b.num_members == 0)
        return;
    const Cell &one = market.cell_of(state.members(batch, 0));
    b.prefecture = one.prefecture;
    b.goal = one.goal;
    b.city = one.city;
    b.first = 0;
    b.last = market.num_days() - 1;
    for (Index i = 0; i < b.num_members; ++i) {
        const Index cell = market.unit_cell[state.members(batch, i)];
        const Days days = days_in(market, batch, cell);
        b.first = std::max(b.first, days.first);
        b.last = std::min(b.last, days.last);
        if (b.prefecture != market.cells[cell].prefecture)
            b.prefecture = MIXED;
        if (b.goal != market.cells[cell].goal)
            b.goal = MIXED;
        if (b.city != market.cells[cell].city)
            b.city = MIXED;
    }
    measure_loops(state, batch, market.roads(b.day));
}

} // namespace returnplan
