/// A portion of one batch goes to another, and if that is full, riders of it come back.
///
/// Moves of parts of a load, as in the split-delivery literature (Dror and Trudeau 1989).
#pragma once

#include <vector>

#include "params.h"
#include "random.h"
#include "state.h"

namespace returnplan {

class Exchange {
public:
    Exchange(State &state, const SearchParams &params, Random &random)
        : state_(state), params_(params), random_(random) {}

    /// Change two batches by a random exchange; false (perhaps after changes) where it cannot be.
    bool try_one();

private:
    bool move(Index from, Index to);
    bool refill(Index batch, const std::vector<Index> &units);
    bool choose_vehicle_and_hold(Index batch);

    State &state_;
    const SearchParams &params_;
    Random &random_;
    std::vector<Index> going_;
    std::vector<Index> coming_;
};

} // namespace returnplan
