/// Batches that searches have gone through: others than the last ones may be the best choice together.
///
/// The routes of local optima as columns of a set partitioning problem (Rochat and Taillard 1995,
/// "Probabilistic diversification and intensification in local search for vehicle routing"; Subramanian,
/// Uchoa and Ochi 2013).
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "state.h"

namespace returnplan {

/// A batch that was seen. Its stops and its riders lie in the lists of the memory from these places on.
struct Seen {
    Index day;
    Index pool;
    Index num_picks;
    Index num_drops;
    Index num_members;
    Index first_stop;
    Index first_member;
    double yuan; ///< with what late people cost
};

class Memory {
public:
    explicit Memory(Index most) : most_(most) {}

    /// Keep all batches as they stand that may run; of equal loads on one day in one vehicle the cheapest
    /// way.
    void remember(State &state);

    const std::vector<Seen> &batches() const { return batches_; }
    const std::vector<Index> &stops() const { return stops_; }
    const std::vector<Index> &members() const { return members_; }

private:
    void keep(State &state, Index batch);

    Index most_;
    std::vector<Seen> batches_;
    std::vector<Index> stops_;   ///< by batch, its pick-ups, then its drop-offs
    std::vector<Index> members_; ///< by batch, the cell of each rider, ascending
    std::vector<Index> cells_;
    std::unordered_map<std::uint64_t, Index> number_; ///< of the batch with a load
};

} // namespace returnplan
