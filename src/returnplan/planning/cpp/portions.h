/// Portions of a batch: riders that are alike in some way.
#pragma once

#include <vector>

#include "random.h"
#include "state.h"

namespace returnplan {

enum class Kind { SAME_UNIT, SAME_CELL, SAME_PICKUP, SAME_DROPOFF, WHOLE_BATCH };

/// Draw the kind of a portion.
Kind random_kind(Random &random);

/// List the unit and those of its batch that are alike, on ``most_seats`` together at most; return their
/// seats.
Index list_portion(const State &state, Index unit, Kind kind, Index most_seats, std::vector<Index> &portion);

} // namespace returnplan
