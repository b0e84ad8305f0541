/// What a move has changed, so that a refused one can be taken back.
#pragma once

#include "state.h"

namespace returnplan {

/// Keep a copy of the batch before its first change; false when too many are touched.
bool touch(State &state, Index batch);

/// Return by how much the touched batches cost more than before; people on the bench are not counted.
double value_gained(const State &state);

/// Make the move final.
void keep(State &state);

/// Take the move back: touched batches, their riders, vehicles and people as they were.
void undo(State &state);

} // namespace returnplan
