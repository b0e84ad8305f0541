#include "call.h"

#include <algorithm>

namespace returnplan::stop_sets {

namespace {

/// Chance that somebody absent is called for, if there is anyone.
constexpr double RATHER_ABSENT = 0.7;

/// Add a place, for a random one of the first ``num_free`` where there are as many as may be.
bool add(StopSet &stops, Index place, Index most, Index num_free, Random &random) {
    if (stops.has(place))
        return true;
    if (stops.size() >= most) {
        if (num_free == 0)
            return false;
        stops.drop(random.below(num_free));
    }
    stops.add(place);
    return true;
}

} // namespace

bool call(Fleet &fleet, Random &random) {
    const Market &market = fleet.market;
    const std::vector<Index> &absent = fleet.absent_cells();
    const bool is_absent = !absent.empty() && random.happens(RATHER_ABSENT);
    const Index cell = is_absent ? absent[random.below(static_cast<Index>(absent.size()))]
                                 : random.below(market.cells.size());
    const Index number = random.below(fleet.num_vehicles());
    const Cell &c = market.cells[cell];
    const Vehicle &v = fleet.vehicle(number);
    StopSet pickups, dropoffs;
    Index day = v.day;
    if (v.kind == fleet.kind(cell)) {
        pickups = v.pickups;
        dropoffs = v.dropoffs;
    }
    if (v.kind != fleet.kind(cell) || day < c.earliest || day > c.latest)
        day = c.earliest + random.below(c.latest - c.earliest + 1);
    if (!add(pickups, c.pickup, market.limits.max_pickups, pickups.size(), random))
        return false;
    for (Index i = c.drop_first; i < c.drop_end; ++i) {
        // with several drop-offs a stop just added may be left out again: then nobody of the cell finds a
        // seat
        if (!add(dropoffs, market.drops[i].place, market.limits.max_dropoffs, dropoffs.size(), random))
            return false;
    }
    fleet.call_at(number, day, fleet.kind(cell), pickups, dropoffs);
    return true;
}

} // namespace returnplan::stop_sets
