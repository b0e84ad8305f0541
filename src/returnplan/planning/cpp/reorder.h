/// A few stops of a batch come elsewhere in its loop, or a stretch of it is driven the other way round.
///
/// Or-opt (Or 1976) and 2-opt (Croes 1958, "A method for solving traveling-salesman problems").
#pragma once

#include "random.h"
#include "sketch.h"
#include "state.h"

namespace returnplan {

class Reorder {
public:
    Reorder(State &state, Random &random) : state_(state), random_(random), sketch_(state) {}

    /// Put the stops of a random batch into another order; false where that would cost more than
    /// ``most_loss``.
    bool try_one(double most_loss);

private:
    State &state_;
    Random &random_;
    Sketch sketch_;
};

} // namespace returnplan
