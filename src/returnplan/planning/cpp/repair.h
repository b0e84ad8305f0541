/// The last plan repaired: everybody as they were told, the others put in one by one where they cost least.
#pragma once

#include "insertion.h"
#include "state.h"

namespace returnplan {

/// Whether people may wait on batches that are not yet worth running.
enum class Idle { ALLOWED, FORBIDDEN };

/// Seat people as they were told, then insert the others in this order of their cells.
void repair(State &state, Insertion &insertion, View<const Index> order);

/// Insert those on the bench one by one, cell by cell in this order.
void insert_rest(State &state, Insertion &insertion, View<const Index> order, Idle idle);

/// Let everybody off whose batch is not worth running: others may have a seat for them.
void dissolve_idle(State &state);

} // namespace returnplan
