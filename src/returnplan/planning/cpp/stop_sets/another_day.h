/// A vehicle leaves on another day.
#pragma once

#include "../random.h"
#include "fleet.h"

namespace returnplan::stop_sets {

/// Change a random vehicle; false where it cannot be.
bool another_day(Fleet &fleet, Random &random);

} // namespace returnplan::stop_sets
