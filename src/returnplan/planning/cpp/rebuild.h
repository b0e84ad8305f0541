/// Some batches near each other are emptied, wholly or in part, and their riders put in again.
///
/// Ruin and recreate (Schrimpf, Schneider, Stamm-Wilbrandt and Dueck 2000), the ruin by neighbourhood as in
/// Christiaens and Vanden Berghe (2020).
#pragma once

#include <vector>

#include "fill_up.h"
#include "insertion.h"
#include "params.h"
#include "random.h"
#include "ruin.h"
#include "state.h"

namespace returnplan {

class Rebuild {
public:
    Rebuild(State &state, const SearchParams &params, Random &random)
        : state_(state), params_(params), random_(random), ruin_(state, params, random),
          fill_up_(state, params, random), insertion_(state, params, random) {}

    /// Ruin batches near a random unit and put everyone in again; return the units of work it took.
    Index run();

private:
    void shuffle(std::vector<Index> &units);

    State &state_;
    const SearchParams &params_;
    Random &random_;
    Ruin ruin_;
    FillUp fill_up_;
    Insertion insertion_;
    std::vector<Index> units_;
    std::vector<double> keys_;
};

} // namespace returnplan
