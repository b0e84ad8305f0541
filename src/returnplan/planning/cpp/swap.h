/// Stretches of pick-ups change places between two batches; riders for whom there is no seat stay, so that a
/// stop is served by both.
///
/// Cross exchanges (Taillard, Badeau, Gendreau, Guertin and Potvin 1997), with the remainder of a stop left
/// behind where it is larger than what comes for it (the swaps with splits of Silva, Subramanian and Ochi
/// 2015, "An iterated local search heuristic for the split delivery vehicle routing problem"). Full vehicles
/// change in no other way. Where both call at a stop, its riders come together, and a split goes.
#pragma once

#include <vector>

#include "params.h"
#include "random.h"
#include "sketch.h"
#include "state.h"

namespace returnplan {

class Swap {
public:
    Swap(State &state, const SearchParams &params, Random &random);

    /// Change two batches by a random swap; false (perhaps after changes) where it cannot be, or would cost
    /// more than ``most_loss``.
    bool try_one(double most_loss);

private:
    /// Some pick-ups of a batch one after the other, from the first to before the end.
    struct Stretch {
        Index first;
        Index end;
    };

    Stretch random_stretch(Index batch, Index first);
    Index list_riders(Index batch, Stretch stretch, std::vector<Index> &units) const;
    bool is_anybody_told(const std::vector<Index> &units) const;
    void leave(std::vector<Index> &units, Index seats, Index most_seats);
    double sketch(Index a, Index b, Stretch mine, Stretch theirs);
    bool change(Index a, Index b);
    bool put_all_in(Index batch, const std::vector<Index> &units);
    bool finish(Index batch, Sketch &sketch);

    State &state_;
    const SearchParams &params_;
    Random &random_;
    Sketch sketch_a_;
    Sketch sketch_b_;
    std::vector<Index> pickup_of_unit_;
    std::vector<Index> going_;
    std::vector<Index> coming_;
};

} // namespace returnplan
