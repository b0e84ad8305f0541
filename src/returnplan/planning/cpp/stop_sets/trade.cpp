#include "trade.h"

namespace returnplan::stop_sets {

namespace {

/// Let random places of two sets change sides; false where one is in both.
bool swap_places(StopSet &one, StopSet &other, Random &random) {
    const Index i = random.below(one.size()), j = random.below(other.size());
    const Index mine = one[i], theirs = other[j];
    if (one.has(theirs) || other.has(mine))
        return false;
    one.drop(i);
    one.add(theirs);
    other.drop(j);
    other.add(mine);
    return true;
}

} // namespace

bool trade(Fleet &fleet, Random &random) {
    const Index a = random.below(fleet.num_vehicles()), b = random.below(fleet.num_vehicles());
    const Vehicle &one = fleet.vehicle(a), &other = fleet.vehicle(b);
    if (a == b || one.is_at_home() || one.kind != other.kind)
        return false;
    StopSet pickups_a = one.pickups, dropoffs_a = one.dropoffs;
    StopSet pickups_b = other.pickups, dropoffs_b = other.dropoffs;
    if (!(random.happens(0.5) ? swap_places(pickups_a, pickups_b, random)
                              : swap_places(dropoffs_a, dropoffs_b, random)))
        return false;
    fleet.call_at(a, one.day, one.kind, pickups_a, dropoffs_a);
    fleet.call_at(b, other.day, other.kind, pickups_b, dropoffs_b);
    return true;
}

} // namespace returnplan::stop_sets
