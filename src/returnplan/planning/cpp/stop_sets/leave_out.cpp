#include "leave_out.h"

namespace returnplan::stop_sets {

bool leave_out_a_stop(Fleet &fleet, Random &random) {
    const Index number = random.below(fleet.num_vehicles());
    const Vehicle &v = fleet.vehicle(number);
    if (v.is_at_home())
        return false;
    StopSet pickups = v.pickups, dropoffs = v.dropoffs;
    const Index stop = random.below(pickups.size() + dropoffs.size());
    if (stop < pickups.size())
        pickups.drop(stop);
    else
        dropoffs.drop(stop - v.pickups.size());
    if (pickups.size() == 0 || dropoffs.size() == 0)
        fleet.send_home(number);
    else
        fleet.call_at(number, v.day, v.kind, pickups, dropoffs);
    return true;
}

bool leave_out_all(Fleet &fleet, Random &random) {
    const Index number = random.below(fleet.num_vehicles());
    if (fleet.vehicle(number).is_at_home())
        return false;
    fleet.send_home(number);
    return true;
}

} // namespace returnplan::stop_sets
