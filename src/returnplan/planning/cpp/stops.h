/// The stops at one end of a batch.
#pragma once

#include "arrays.h"
#include "market.h"

namespace returnplan {

using Roads = Matrix<const double>; ///< km, or minutes at the wheel, by origin and destination

/// Where one more stop goes, and how much longer that makes the journey and the loop; infinite where it may
/// not.
struct Gap {
    Index at;
    double more_km;
    double loop_km;
};

/// The stops at the other end of the journey that a loop of pick-ups or drop-offs is next to, or none.
struct Ends {
    Index before;
    Index after;
};

/// The pick-ups or the drop-offs of one batch, in the order in which they are driven. The state owns them.
class Stops {
public:
    Stops(View<Index> places, View<Index> persons, Index &size)
        : places_(places), persons_(persons), size_(size) {}

    Index size() const { return size_; }
    Index place(Index i) const { return places_[i]; }
    Index first() const { return size_ > 0 ? places_[0] : NONE; }
    Index last() const { return size_ > 0 ? places_[size_ - 1] : NONE; }
    Index persons_at_last() const { return size_ > 0 ? persons_[size_ - 1] : 0; }

    /// Return where the place stands, or ``NONE``.
    Index find(Index place) const;

    /// Return the km, or minutes, from the first stop to the last.
    double along(const Roads &roads) const;

    /// Return the gap in which one more stop lengthens the journey least; the loop may grow by ``room_km``.
    Gap best_gap(const Roads &roads, Index place, Ends ends, double room_km) const;

    /// Let so many more people use the stop number ``i``.
    void add_persons(Index i, Index persons) { persons_[i] += persons; }

    /// Make a new stop in a gap.
    void call_at(Index place, Index gap, Index persons);

    /// Let so many people less use the stop at a place; it goes when nobody is left.
    void skip(Index place, Index persons);

    /// Drive the stops from the first to before the end the other way round.
    void reverse(Index first, Index end);

    /// Move the stops from the first to before the end: they begin at ``to``, or end with the loop.
    void shift(Index first, Index end, Index to);

private:
    View<Index> places_;
    View<Index> persons_;
    Index &size_;
};

} // namespace returnplan
