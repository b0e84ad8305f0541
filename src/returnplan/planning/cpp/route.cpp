#include "route.h"

#include "shortest_paths.h"

namespace returnplan {

namespace {

/// Above this many stops of a kind the order is kept.
constexpr Index MOST_EXACT = 8;
/// What is shorter by less is as long.
constexpr double AS_LONG_KM = 1e-9;

} // namespace

Route best_route(Matrix<const double> km, View<const Index> pickups, View<const Index> dropoffs,
                 double max_pickup_km, double max_dropoff_km) {
    Route best{{pickups.begin(), pickups.end()}, {dropoffs.begin(), dropoffs.end()}};
    if (std::max(pickups.size(), dropoffs.size()) > MOST_EXACT)
        return best;
    // For every last pick-up and every first drop-off the shortest loop that ends (starts) there decides.
    // A loop that starts at a drop-off is a path of the reversed roads that ends there.
    const auto to_last = shortest_paths(pickups, [&](Index from, Index to) { return km(from, to); });
    const auto from_first = shortest_paths(dropoffs, [&](Index from, Index to) { return km(to, from); });
    double least = -1.0;
    for (const Path &pick : to_last)
        for (const Path &drop : from_first) {
            if (pick.km > max_pickup_km || drop.km > max_dropoff_km)
                continue;
            const double total = pick.km + km(pick.stops.back(), drop.stops.back()) + drop.km;
            if (least < 0.0 || total < least - AS_LONG_KM) {
                least = total;
                best = {pick.stops, {drop.stops.rbegin(), drop.stops.rend()}};
            }
        }
    return best;
}

} // namespace returnplan
