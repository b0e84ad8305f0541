/// Which cells are worth sharing a vehicle with: the granular neighbourhoods of Toth and Vigo 2003.
#pragma once

#include "arrays.h"

namespace returnplan {

/// Where and when some cells travel; each line is one of them.
struct Travels {
    View<const Index> city_group, pickup, dropoff, earliest, latest;
};

/// Write down for each cell the nearest of its city group, itself first: those with a common day, then the
/// others. What is left of a row is the cell itself.
void find_neighbours(const Travels &cells, Matrix<const double> km, Matrix<Index> near);

} // namespace returnplan
