/// What a missing person, a late day and a moved person cost at each hour of the search.
///
/// People, late days and people moved stand above money in the end. A search that puts them there from the
/// start is soon stuck: nobody may stay behind for a while so that the others can be arranged better. So they
/// are cheap at first and rise (penalties that grow during the search: Michalewicz and Attia 1994,
/// "Evolutionary optimization of constrained problems").
#pragma once

#include "params.h"
#include "state.h"

namespace returnplan {

/// Set the prices of the end of a search, and value all batches by them.
void set_strict_prices(State &state);

/// Set the prices for the share of the search that is over, and value all batches by them.
void set_prices(State &state, const SearchParams &params, double progress);

/// Return what the batches that have their least load cost in yuan alone.
double plan_yuan(const State &state);

} // namespace returnplan
