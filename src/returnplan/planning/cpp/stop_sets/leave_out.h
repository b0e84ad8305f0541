/// A vehicle leaves out a stop, or stays at home.
#pragma once

#include "../random.h"
#include "fleet.h"

namespace returnplan::stop_sets {

/// Change a random vehicle; false where it cannot be.
bool leave_out_a_stop(Fleet &fleet, Random &random);

/// Send a random vehicle home; false where it is there.
bool leave_out_all(Fleet &fleet, Random &random);

} // namespace returnplan::stop_sets
