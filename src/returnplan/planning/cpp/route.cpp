#include "route.h"

#include <algorithm>

namespace returnplan {

namespace {

/// Above this many stops of a kind the order is kept.
constexpr Index MOST_EXACT = 8;
/// What is shorter by less is as long.
constexpr double AS_LONG_KM = 1e-9;

/// The shortest path through some stops that ends at one of them.
struct Path {
    double km;
    std::vector<Index> stops;
};

/// Return for each stop the shortest path through all that ends there; ``way(a, b)`` are the km from a to b.
template <class Way> std::vector<Path> shortest_paths(View<const Index> stops, Way way) {
    const Index num = stops.size(), all = (Index{1} << num) - 1;
    Table<double> km(all + 1, num);
    Table<Index> before(all + 1, num, -1); // the last stop but one; none yet, or none of a single stop
    for (Index seen = 1; seen <= all; ++seen)
        for (Index last = 0; last < num; ++last) {
            if (!(seen >> last & 1))
                continue;
            for (Index next = 0; next < num; ++next) {
                if (seen >> next & 1)
                    continue;
                const Index with_next = seen | Index{1} << next;
                const double there = km(seen, last) + way(stops[last], stops[next]);
                if (before(with_next, next) < 0 || there < km(with_next, next)) {
                    km(with_next, next) = there;
                    before(with_next, next) = last;
                }
            }
        }
    std::vector<Path> paths;
    for (Index end = 0; end < num; ++end) {
        Path path{km(all, end), {}};
        for (Index seen = all, last = end; last >= 0;) {
            path.stops.push_back(stops[last]);
            const Index left = seen & ~(Index{1} << last);
            last = before(seen, last);
            seen = left;
        }
        std::reverse(path.stops.begin(), path.stops.end());
        paths.push_back(std::move(path));
    }
    return paths;
}

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
