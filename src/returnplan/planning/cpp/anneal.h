/// The search of one market: a first plan, greedy or given, then exchanges and rebuilds, accepted by
/// annealing.
///
/// Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983). Where there is a plan that people may know of,
/// it is repaired instead, and the search starts from the newcomers. Effort is counted in units of work (a
/// tried exchange is one, a unit put in again some more), so a run is repeatable on any machine.
#pragma once

#include <cstdint>

#include "memory.h"
#include "params.h"
#include "state.h"
#include "watch.h"

namespace returnplan {

/// How far a search goes.
struct Stint {
    Index work;         ///< units of work
    std::uint32_t seed; ///< of the random moves; the same seed gives the same plan
};

/// Improve the state by so much work, or until the time is over.
///
/// The cells are put in ``order``; ``start`` are units and batches of a plan to start from, batch by batch,
/// perhaps none. If there is a ``memory``, it looks at the batches from time to time.
void anneal(State &state, const SearchParams &params, Stint stint, Watch &watch, View<const Index> order,
            Matrix<const Index> start, Memory *memory);

} // namespace returnplan
