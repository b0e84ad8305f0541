/// A round of the bound: the batches that earn most at some prices become known.
#pragma once

#include "../arrays.h"
#include "master.h"
#include "pricing.h"

namespace returnplan::bounding {

/// Make batches known that earn more than they cost, and return the greatest ratio of what any batch earns to
/// that.
///
/// Of each day and pick-up it is the best; where batches may call at any pick-ups, of each set of drop-offs,
/// too, and the ratio may be a little more than the greatest. While no batch is known, those that earn
/// anything count.
/// ``rent_yuan`` (by pool and day) is what a vehicle costs besides. Where the ratio is not finite, or nobody
/// earns anything, none is known besides.
double make_known(Master &master, const Market &market, Matrix<const double> rent_yuan,
                  View<const double> prices);

} // namespace returnplan::bounding
