#include "another_day.h"

namespace returnplan::stop_sets {

bool another_day(Fleet &fleet, Random &random) {
    const Index number = random.below(fleet.num_vehicles()), day = random.below(fleet.market.num_days());
    const Vehicle &v = fleet.vehicle(number);
    if (v.is_at_home() || v.day == day)
        return false;
    const StopSet pickups = v.pickups, dropoffs = v.dropoffs;
    fleet.call_at(number, day, v.kind, pickups, dropoffs);
    return true;
}

} // namespace returnplan::stop_sets
