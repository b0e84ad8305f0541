/// A first plan: a given one, or vehicle after vehicle: the earliest deadline opens it, and near ones fill
/// it.
///
/// Deadlines first is what a careful clerk does, and needs the fewest vehicles when only dates matter (the
/// earliest-deadline rule, Jackson 1955).
#pragma once

#include "params.h"
#include "state.h"

namespace returnplan {

/// Fill empty batches; the cells open them in the order given.
void fill(State &state, const SearchParams &params, View<const Index> order);

/// Open the batches of a given plan, ``start`` units and their batch; who would break a rule waits.
void open_as(State &state, Matrix<const Index> start);

} // namespace returnplan
