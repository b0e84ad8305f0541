/// A batch gets its least load from riders whom other batches can spare.
///
/// One by one nobody would leave a good batch for one that is not yet worth running, so they go all together
/// (ejection of a chain of riders, after Glover 1996, "Ejection chains, reference structures and alternating
/// path methods").
#pragma once

#include "params.h"
#include "random.h"
#include "state.h"

namespace returnplan {

class FillUp {
public:
    FillUp(State &state, const SearchParams &params, Random &random)
        : state_(state), params_(params), random_(random) {}

    /// Fill the batch of the unit, or a new one, up to its least load; return how many units were moved.
    Index fill_batch_of(Index unit);

private:
    bool has_least_load(Index batch) const;
    bool change_to(Index batch, Index unit);

    State &state_;
    const SearchParams &params_;
    Random &random_;
};

} // namespace returnplan
