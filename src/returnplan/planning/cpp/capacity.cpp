#include "capacity.h"

#include <algorithm>

namespace returnplan {

namespace {

constexpr Index MINUTES_PER_DAY = 1440;

/// Return the day on which the batch arrives if it leaves on ``day``.
Index arrival_day(State &state, Index batch, Index day) {
    const Index later = day + arrival_minute(state, batch) / MINUTES_PER_DAY;
    return std::min(later, state.arrivals.num_columns() - 1);
}

/// Add the batch's people to the departures and arrivals of the day, ``times`` 1 or -1.
void count_people(State &state, Index batch, Index day, Index times) {
    const Batch &b = state.batches[batch];
    const Index arrives = arrival_day(state, batch, day);
    for (Index i = 0; i < b.num_members; ++i) {
        const Cell &c = state.market.cell_of(state.members(batch, i));
        if (c.prefecture >= 0)
            state.departures(c.prefecture, day) += times * c.persons;
        if (c.city >= 0)
            state.arrivals(c.city, arrives) += times * c.persons;
    }
}

/// Count what the batch takes, ``times`` 1 or -1.
void count(State &state, Index batch, Index times) {
    const Batch &b = state.batches[batch];
    state.used(b.pool, b.day) += times;
    if (state.market.limits.has_caps)
        count_people(state, batch, b.day, times);
}

bool has_claims(const Batch &b) { return b.pool != NONE && b.num_members > 0; }

} // namespace

Index arrival_minute(State &state, Index batch) {
    const Limits &limits = state.market.limits;
    const Batch &b = state.batches[batch];
    const Stops dropoffs = state.dropoffs(batch);
    const Index heads = 2 * b.persons - dropoffs.persons_at_last();
    const double dwell = limits.dwell_minutes * static_cast<double>(b.num_picks + b.num_drops - 1)
                         + limits.boarding_minutes * static_cast<double>(heads);
    const double under_way = b.drive_minutes + dwell + ROUNDING;
    const Matrix<const Index> arrival = state.market.arrival;
    if (under_way >= static_cast<double>(arrival.num_columns()) || b.km > limits.most_km + ROUNDING)
        return NOT_LEGAL;
    const Index is_long = b.km > limits.short_km + ROUNDING ? 1 : 0;
    return arrival(2 * state.market.reception[dropoffs.last()] + is_long, static_cast<Index>(under_way));
}

bool is_vehicle_free(const State &state, Index pool, Index day) {
    const Market &market = state.market;
    if (state.used(pool, day) >= market.available(pool, day))
        return false;
    const Index turn = market.pools[pool].turnaround_days;
    if (turn <= 1)
        return true;
    for (Index first = std::max<Index>(0, day - turn + 1); first <= day; ++first) {
        Index away = 0, most = market.available(pool, day);
        for (Index d = first; d < std::min(market.num_days(), first + turn); ++d) {
            away += state.used(pool, d);
            if (state.used(pool, d) > 0)
                most = std::min(most, market.available(pool, d));
        }
        if (away >= most)
            return false;
    }
    return true;
}

bool is_within_caps(State &state, Index batch, Index day) {
    const Market &market = state.market;
    const Batch &b = state.batches[batch];
    const Index arrives = arrival_day(state, batch, day);
    count_people(state, batch, day, 1);
    bool within = true;
    for (Index i = 0; i < b.num_members; ++i) {
        const Cell &c = market.cell_of(state.members(batch, i));
        if (c.prefecture >= 0
            && state.departures(c.prefecture, day) > market.max_departures(c.prefecture, day))
            within = false;
        if (c.city >= 0 && state.arrivals(c.city, arrives) > market.max_arrivals(c.city, arrives))
            within = false;
    }
    count_people(state, batch, day, -1);
    return within;
}

void hold(State &state, Index batch) {
    Batch &b = state.batches[batch];
    if (b.is_held || !has_claims(b))
        return;
    b.is_held = true;
    count(state, batch, 1);
}

void release(State &state, Index batch) {
    Batch &b = state.batches[batch];
    if (!b.is_held || !has_claims(b))
        return;
    b.is_held = false;
    count(state, batch, -1);
}

} // namespace returnplan
