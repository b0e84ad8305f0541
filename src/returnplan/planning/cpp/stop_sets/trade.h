/// Two vehicles trade a pick-up, or a drop-off (2-interchange: Osman 1993, "Metastrategy simulated annealing
/// and tabu search algorithms for the vehicle routing problem").
#pragma once

#include "../random.h"
#include "fleet.h"

namespace returnplan::stop_sets {

/// Change two random vehicles; false where it cannot be.
bool trade(Fleet &fleet, Random &random);

} // namespace returnplan::stop_sets
