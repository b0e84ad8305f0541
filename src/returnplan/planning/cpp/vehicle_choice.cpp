#include "vehicle_choice.h"

#include <algorithm>

#include "capacity.h"

namespace returnplan {

namespace {

/// Set the batch's km and minutes on the roads of the day; false where they break a limit on loops, or are
/// too long for the drivers.
bool measure(State &state, Index batch, Index day) {
    const Limits &limits = state.market.limits;
    const Roads roads = state.market.roads(day);
    const Stops pickups = state.pickups(batch), dropoffs = state.dropoffs(batch);
    Batch &b = state.batches[batch];
    const auto link = [&](const Roads &ways) { return ways(pickups.last(), dropoffs.first()); };
    b.pick_km = pickups.along(roads);
    b.drop_km = dropoffs.along(roads);
    b.km = b.pick_km + link(roads) + b.drop_km;
    b.drive_minutes = b.km * limits.minutes_per_km;
    if (limits.has_drive_minutes) {
        const Roads minutes = state.market.minutes(day);
        b.drive_minutes = pickups.along(minutes) + link(minutes) + dropoffs.along(minutes);
    }
    return b.pick_km <= limits.max_pickup_km + ROUNDING && b.drop_km <= limits.max_dropoff_km + ROUNDING
           && arrival_minute(state, batch) != NOT_LEGAL;
}

double road_yuan(const Pool &pool, const Journey &journey) {
    return pool.fixed_yuan + pool.per_km_yuan * journey.km;
}

/// Return the ``yuan`` of a vehicle, and what its load costs where it is below the least one.
double with_idle_yuan(const State &state, Index pool, const Journey &journey, double yuan) {
    const double most_a_head = state.market.limits.max_yuan_per_head;
    const double persons = static_cast<double>(journey.persons);
    double needed = static_cast<double>(state.market.least(journey.regime, pool));
    if (yuan > most_a_head * persons)
        needed = std::max({needed, persons + 1.0, yuan / most_a_head});
    if (persons < needed)
        yuan += state.prices.person * journey.weight * (1.0 - state.prices.idle_share * persons / needed);
    return yuan;
}

/// Make a batch that its last rider has left one that can be opened.
void close(Batch &b) {
    b.value = 0.0;
    b.pool = NONE;
    b.persons = 0;
    b.seats = 0;
    b.num_picks = 0;
    b.num_drops = 0;
}

} // namespace

Journey journey_of(const State &state, Index batch) {
    const Batch &b = state.batches[batch];
    return {b.day, b.km, b.persons, b.seats, b.weight, b.prefecture, b.goal, state.regime_of(batch, b.day)};
}

double vehicle_yuan(const State &state, Index number, const Journey &journey) {
    return with_idle_yuan(state, number, journey, road_yuan(state.market.pools[number], journey));
}

double stops_yuan(const State &state, Index batch) {
    const Batch &b = state.batches[batch];
    return state.market.limits.stop_cost_yuan * static_cast<double>(b.num_picks + b.num_drops - 2);
}

double batch_yuan(const State &state, Index batch) {
    const Batch &b = state.batches[batch];
    const Pool &p = state.pool_of(b);
    return p.fixed_yuan + p.per_km_yuan * b.km + stops_yuan(state, batch);
}

bool is_worth_running(const State &state, Index batch) {
    const Batch &b = state.batches[batch];
    const double most_yuan = state.market.limits.max_yuan_per_head * static_cast<double>(b.persons);
    return batch_yuan(state, batch) <= most_yuan && b.persons >= state.least_load(batch);
}

double late_yuan(const State &state, Index batch, Index day) {
    return state.late_days.num_columns() > 0 ? state.prices.late_day * state.late_days(batch, day) : 0.0;
}

VehicleChoice cheapest_pool(const State &state, Index batch, const Journey &journey) {
    const Batch &b = state.batches[batch];
    VehicleChoice best{NONE, IMPOSSIBLE};
    for (Index pool = 0; pool < state.market.pools.size(); ++pool) {
        const Pool &p = state.market.pools[pool];
        const Index usable = state.market.usable(journey.regime, pool);
        if (usable < journey.seats || !serves(p, journey.prefecture, journey.goal))
            continue;
        const double least_yuan = road_yuan(p, journey);
        if (least_yuan >= best.yuan)
            continue; // a load below the least one only makes it dearer
        const double yuan = with_idle_yuan(state, pool, journey, least_yuan);
        const bool is_own = b.persons > 0 && pool == b.pool && journey.day == b.day;
        if (yuan < best.yuan && (is_own || is_vehicle_free(state, pool, journey.day)))
            best = {pool, yuan};
    }
    return best;
}

double choose_vehicle(State &state, Index batch) {
    const Limits &limits = state.market.limits;
    Batch &b = state.batches[batch];
    if (b.num_members == 0) {
        close(b);
        return 0.0;
    }
    Index best_day = NONE;
    VehicleChoice best{NONE, IMPOSSIBLE};
    double best_yuan = IMPOSSIBLE; // and what late people cost
    b.pool = NONE;                 // its own vehicle is released: ask whether it is free
    const Index last = limits.days_differ ? b.last : b.first;
    for (Index day = b.first; day <= last; ++day) {
        if (!measure(state, batch, day) || (limits.has_caps && !is_within_caps(state, batch, day)))
            continue;
        b.day = day;
        const Journey journey = journey_of(state, batch);
        const VehicleChoice found = cheapest_pool(state, batch, journey);
        const double yuan = found.yuan + late_yuan(state, batch, day);
        if (yuan < best_yuan - ROUNDING) {
            best_day = day;
            best = found;
            best_yuan = yuan;
        }
    }
    b.day = std::max(best_day, b.first);
    b.pool = best.pool;
    if (b.day != last) // the last day is measured
        measure(state, batch, b.day);
    b.vehicle_yuan =
        b.pool != NONE ? best.yuan : vehicle_yuan(state, state.pool_number(b), journey_of(state, batch));
    b.value = best_yuan + stops_yuan(state, batch) + b.move_yuan;
    return b.value;
}

} // namespace returnplan
