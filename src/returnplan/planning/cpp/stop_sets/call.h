/// A vehicle calls for somebody, rather for who is absent, and in return leaves out stops beyond the limits.
#pragma once

#include "../random.h"
#include "fleet.h"

namespace returnplan::stop_sets {

/// Change a random vehicle; false where it cannot be. A vehicle that carries people of another kind begins
/// anew.
bool call(Fleet &fleet, Random &random);

} // namespace returnplan::stop_sets
