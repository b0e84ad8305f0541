/// Who is put in again: riders of batches near a unit, and those who wait nearby.
#pragma once

#include <vector>

#include "params.h"
#include "random.h"
#include "state.h"

namespace returnplan {

class Ruin {
public:
    Ruin(State &state, const SearchParams &params, Random &random)
        : state_(state), params_(params), random_(random) {}

    /// Return a unit on the bench or in a batch below its least load, ``unit`` if nobody is stranded.
    Index stranded(Index unit);

    /// Return a rider of any batch that leaves on a day of the unit's: its vehicle may serve the unit better.
    Index rival(Index unit);

    /// Take riders of the unit's batch out, and add them to the list.
    void take_some_out(Index unit, std::vector<Index> &taken);

    /// Add units of the bench to the list whose cells are near, and that were not just taken out.
    void add_who_wait_nearby(Index cell, std::vector<Index> &taken) const;

private:
    State &state_;
    const SearchParams &params_;
    Random &random_;
    std::vector<Index> portion_;
};

} // namespace returnplan
