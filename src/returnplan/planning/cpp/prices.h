/// What a missing person and a late day cost at each hour of the search.
///
/// People stand above money in the end, and late days where the office set no price on them. A search that
/// puts them there from the start is soon stuck: nobody may stay behind for a while so that the others can be
/// arranged better. So they are cheap at first and rise (penalties that grow during the search: Michalewicz
/// and Attia 1994, "Evolutionary optimization of constrained problems").
#pragma once

#include "params.h"
#include "state.h"
#include "watch.h"

namespace returnplan {

/// Set the prices of the end of a search, and value all batches by them.
void set_strict_prices(State &state);

/// Set the prices for the share of the search that is over, and value all batches by them.
void set_prices(State &state, const SearchParams &params, double progress);

/// Tell whom the batches that have their least load carry, and what they cost in yuan alone.
void tell_standing(const State &state, Watch &watch);

} // namespace returnplan
