#include "loops.h"

#include <algorithm>

#include "../shortest_paths.h"

namespace returnplan::stop_sets {

namespace {

/// So many loops are remembered; then all are forgotten.
constexpr std::size_t MOST_KNOWN = 200'000;

} // namespace

const Loops::Ends &Loops::ends(Index network, const StopSet &stops, Side side) {
    if (network != network_) {
        network_ = network;
        for (auto &known : known_)
            known.clear();
    }
    auto &known = known_[static_cast<int>(side)];
    const auto found = known.find(stops.key());
    if (found != known.end())
        return found->second;
    if (known.size() >= MOST_KNOWN)
        known.clear();
    const Matrix<const double> roads = market_.km[network];
    const double most_km =
        (side == Side::PICKUPS ? market_.limits.max_pickup_km : market_.limits.max_dropoff_km) + ROUNDING;
    const auto way = [&](Index from, Index to) {
        return side == Side::PICKUPS ? roads(from, to) : roads(to, from);
    };
    const std::vector<Path> paths = shortest_paths({stops.begin(), stops.size()}, way);
    Ends ends{};
    for (Index i = 0; i < stops.size(); ++i)
        ends[i] = paths[i].km <= most_km ? paths[i].km : IMPOSSIBLE;
    return known.emplace(stops.key(), ends).first->second;
}

double Loops::km(Index day, const StopSet &pickups, const StopSet &dropoffs) {
    const Index network = market_.network_of_day[day];
    const Ends pick_km = ends(network, pickups, Side::PICKUPS);
    const Ends &drop_km = ends(network, dropoffs, Side::DROPOFFS);
    const Matrix<const double> roads = market_.km[network];
    double least = IMPOSSIBLE;
    for (Index i = 0; i < pickups.size(); ++i)
        for (Index j = 0; j < dropoffs.size(); ++j)
            least = std::min(least, pick_km[i] + roads(pickups[i], dropoffs[j]) + drop_km[j]);
    return least;
}

} // namespace returnplan::stop_sets
