/// The batches that earn most where pick-ups are too many to list their sets.
///
/// To each set of drop-offs belongs a dynamic programme over (last pick-up, seats taken, pick-ups that the
/// way does not return to): ng-routes (Baldacci, Mingozzi and Roberti 2011), which return to no pick-up while
/// they stay near it. Of an optimal load all pick-ups but one are emptied of those who pay a fare or more
/// (Archetti, Bianchessi and Speranza 2011, split deliveries), so a state tells whether that one is behind.
/// Parties that ride whole are chosen by a knapsack at each pick-up instead. What is earned at most from a state on, worked out from the end back and
/// without memories (completion bounds), ends ways that come to nothing.
#pragma once

#include <vector>

#include "../arrays.h"
#include "pricing.h"

namespace returnplan::bounding {

/// A batch with the pick-ups in their order; a pick-up that is returned to stands twice.
struct Route {
    struct Call {
        Index pickup;
        Index seats;
    };
    Index day;
    Index drops;
    Index pool;
    double road_yuan; ///< of km and stops
    std::vector<Call> calls;
};

/// What was found: no batch earns more than ``ratio`` times what it costs.
struct Routes {
    double ratio;
    std::vector<Route> best;
};

/// Return the best batch of each day and set of drop-offs, if it earns more than it costs or ``any`` is
/// wanted.
Routes best_routes(const Market &market, const Fares &fares, bool any);

} // namespace returnplan::bounding
