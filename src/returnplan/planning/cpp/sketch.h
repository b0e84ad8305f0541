/// What a batch would be after a change of riders, worked out on copies of its stops: most changes are
/// refused, and to make and undo one costs many times as much as to work it out.
#pragma once

#include <vector>

#include "state.h"

namespace returnplan {

class Sketch {
public:
    explicit Sketch(State &state);

    /// Begin with a batch as it is.
    void copy(Index batch);

    /// Let some of the batch's units get off.
    void let_off(const std::vector<Index> &units);

    /// Let units board: at new pick-ups before the pick-up number ``at``, in their order, and alight where it
    /// is nearest; false where stops do not suffice.
    bool let_on(const std::vector<Index> &units, Index at);

    /// Return the pick-ups or the drop-offs, which may be put into another order.
    Stops pickups() { return {pick_places_.row(0), pick_persons_.row(0), num_picks_}; }
    Stops dropoffs() { return {drop_places_.row(0), drop_persons_.row(0), num_drops_}; }

    /// Return about what the batch costs then, on its day; infinite where a loop is too long or no vehicle
    /// fits.
    ///
    /// Late and moved people are not counted.
    double yuan();

    /// Give the batch the stops of the sketch, where they are as many: only their order may differ.
    void draw();

private:
    Index run_of_cell(const std::vector<Index> &units, std::size_t first, std::size_t &end) const;
    void count(const Cell &c, Index num);
    bool board(Index place, Index persons, Index &at);
    bool alight(Index place, Index persons);

    State &state_;
    Index batch_ = NONE, num_picks_ = 0, num_drops_ = 0;
    Index persons_ = 0, seats_ = 0;
    double weight_ = 0.0;
    Table<Index> pick_places_, pick_persons_, drop_places_, drop_persons_;
};

} // namespace returnplan
