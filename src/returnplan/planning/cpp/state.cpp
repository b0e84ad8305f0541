#include "state.h"

#include <algorithm>
#include <numeric>

namespace returnplan {

namespace {

/// Return how many stops of a kind a batch can have: no more than riders.
Index most_stops(const Market &market, Index limit) {
    return std::max<Index>(1, std::min(limit, market.limits.most_usable));
}

Index num_late_days(const Market &market) {
    for (Index cell = 0; cell < market.late_days.num_rows(); ++cell)
        for (const double days : market.late_days.row(cell))
            if (days != 0.0)
                return market.num_days();
    return 0;
}

} // namespace

State::State(const Market &market, Index num_batches)
    : market(market), num_batches(num_batches), batches(num_batches + MOST_TOUCHED),
      picks(num_batches + MOST_TOUCHED, most_stops(market, market.limits.max_pickups)), picks_persons(picks),
      drops(num_batches + MOST_TOUCHED, most_stops(market, market.limits.max_dropoffs)), drops_persons(drops),
      members(num_batches + MOST_TOUCHED, std::max<Index>(1, market.limits.most_usable)),
      late_days(num_batches + MOST_TOUCHED, num_late_days(market)), batch_of(market.unit_cell.size(), NONE),
      slot_of(market.unit_cell.size()), bench(market.unit_cell.size()),
      used(market.available.num_rows(), market.available.num_columns()),
      departures(market.max_departures.num_rows(), market.max_departures.num_columns()),
      arrivals(market.max_arrivals.num_rows(), market.max_arrivals.num_columns()) {
    std::iota(slot_of.begin(), slot_of.end(), 0);
    std::iota(bench.begin(), bench.end(), 0);
    for (const Index unit : bench)
        bench_weight += market.cell_of(unit).weight;
    touched.reserve(MOST_TOUCHED);
}

void State::move_to_list(Index unit, Index batch) {
    const Index old = batch_of[unit], slot = slot_of[unit];
    const double weight = market.cell_of(unit).weight;
    Index last;
    if (old == NONE) {
        bench_weight -= weight;
        last = bench.back();
        bench[slot] = last;
        bench.pop_back();
    } else {
        last = members(old, --batches[old].num_members);
        members(old, slot) = last;
    }
    slot_of[last] = slot;
    batch_of[unit] = batch;
    if (batch == NONE) {
        bench_weight += weight;
        slot_of[unit] = num_on_bench();
        bench.push_back(unit);
    } else {
        slot_of[unit] = batches[batch].num_members;
        members(batch, batches[batch].num_members++) = unit;
    }
}

} // namespace returnplan
