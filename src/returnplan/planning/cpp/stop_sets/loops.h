/// The shortest way through a set of pick-ups and one of drop-offs; loops that were asked for are remembered.
#pragma once

#include <array>
#include <unordered_map>

#include "../market.h"
#include "stop_set.h"

namespace returnplan::stop_sets {

class Loops {
public:
    explicit Loops(const Market &market) : market_(market) {}

    /// Return the km on the roads of the day; infinite where both loops within their limits are none.
    double km(Index day, const StopSet &pickups, const StopSet &dropoffs);

private:
    /// By stop of a set, the km of the shortest loop through all of them that ends (or starts) there.
    using Ends = std::array<double, MOST_STOPS>;
    enum class Side { PICKUPS, DROPOFFS };

    const Ends &ends(Index network, const StopSet &stops, Side side);

    const Market &market_;
    std::unordered_map<std::uint64_t, Ends> known_[2];
    Index network_ = 0; ///< of which loops are known
};

} // namespace returnplan::stop_sets
