/// The shortest paths through a few stops: dynamic programming over subsets (Held and Karp 1962).
#pragma once

#include <algorithm>
#include <vector>

#include "arrays.h"

namespace returnplan {

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

} // namespace returnplan
