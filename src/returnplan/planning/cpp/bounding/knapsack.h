/// Units of several sizes in one vehicle, so that they pay most: a bounded knapsack.
///
/// Dynamic programming over seats, size by size; of each size those who pay most board first (Gilmore and
/// Gomory 1966, "The theory and computation of knapsack functions").
#pragma once

#include <vector>

#include "../arrays.h"

namespace returnplan::bounding {

class Knapsack {
public:
    /// ``most_seats`` of a vehicle.
    explicit Knapsack(Index most_seats);

    void clear();

    /// Offer units of an item. Of one size those who pay most come first.
    void add(Index item, Index seats, Index num_units, double paid_by_one);

    /// Work out what vehicles of all sizes earn.
    void solve();

    double earned(Index seats) const { return earned_.back()[seats]; }

    /// Return the item of each unit on board of a vehicle with so many seats.
    std::vector<Index> aboard(Index seats) const;

private:
    struct Size {
        Index seats;
        std::vector<double> paid;  ///< by the first units together, none first
        std::vector<Index> items;  ///< of each unit
        std::vector<Index> chosen; ///< by room: how many of the size board
    };

    const Index most_seats_;
    std::vector<Index> place_of_size_; ///< in ``sizes_``; ``NOBODY`` if nobody has it
    std::vector<Size> sizes_;
    std::vector<std::vector<double>> earned_; ///< by room, with the first sizes only
    std::size_t num_sizes_ = 0;               ///< in use; the others keep their memory
};

} // namespace returnplan::bounding
