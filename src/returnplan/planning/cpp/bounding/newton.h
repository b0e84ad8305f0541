/// Newton's step of the barrier.
///
/// No BLAS: its threads spin longer than these small systems take, and their number changes the last digits.
#pragma once

#include "../arrays.h"

namespace returnplan::bounding {

/// Solve (diag(bend) + sum of pull · rider riderᵀ) x = step, and write x to ``step``.
///
/// ``riders`` has a row for each ``pull``; ``bend`` is square, and its upper half is used up.
void newton_step(Matrix<const double> riders, View<const double> pull, Matrix<double> bend,
                 View<double> step);

} // namespace returnplan::bounding
