/// The best order of the few stops of a batch: dynamic programming over subsets (Held and Karp 1962).
#pragma once

#include <vector>

#include "arrays.h"

namespace returnplan {

/// Pick-ups in their order, then drop-offs in theirs.
struct Route {
    std::vector<Index> pickups, dropoffs;
};

/// Return the order of stops with the least km that keeps both loop limits.
///
/// The order is kept where there are many stops of a kind, and where no other one keeps the limits.
Route best_route(Matrix<const double> km, View<const Index> pickups, View<const Index> dropoffs,
                 double max_pickup_km, double max_dropoff_km);

} // namespace returnplan
