/// Newton's step of the barrier.
///
/// No BLAS: its threads spin longer than these small systems take, and their number changes the last digits.
#pragma once

#include <vector>

#include "../arrays.h"
#include "master.h"

namespace returnplan::bounding {

/// Solve (diag(bend) + sum of pull · rider riderᵀ) x = step, and write x to ``step``.
///
/// Each ``pull`` has a batch, whose riders are the row. Two prices that no batch brings together leave a
/// zero: the system is factored within the envelope of what is not zero (George and Liu 1981), which is
/// narrow where prices stand by their last day.
void newton_step(const std::vector<Known> &batches, View<const double> pull, View<const double> bend,
                 View<double> step);

} // namespace returnplan::bounding
