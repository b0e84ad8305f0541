/// Vehicles as what they are where stops bind before seats: sets of stops. Who rides in which follows from
/// them.
///
/// The riders are a flow from cells through the vehicles that call for them (augmenting paths: Ford and
/// Fulkerson 1956), so whoever can have a seat has one, and a move is judged by what it does for all of them.
#pragma once

#include <vector>

#include "../arrays.h"
#include "../market.h"
#include "loops.h"
#include "stop_set.h"

namespace returnplan::stop_sets {

struct Vehicle {
    Index day = 0;
    Index kind = NONE; ///< of the cells that it may carry; ``NONE``: it is at home
    StopSet pickups;
    StopSet dropoffs;
    Index persons = 0;
    Index seats = 0;
    double km = 0.0;
    double late_days = 0.0;
    std::vector<Index> cells; ///< for which it calls

    bool is_at_home() const { return kind == NONE; }
};

/// What counts at this moment of the search besides the yuan of vehicles.
struct Prices {
    double person = 0.0;   ///< who is not planned
    double late_day = 0.0; ///< a day after the resume date, for one person
};

class Fleet {
public:
    /// Make so many vehicles at home, with all units absent.
    Fleet(const Market &market, Index num_vehicles);

    const Market &market;
    Prices prices;

    Index num_vehicles() const { return static_cast<Index>(vehicles_.size()); }
    const Vehicle &vehicle(Index number) const { return vehicles_[number]; }
    Index riders(Index number, Index cell) const { return riders_(number, cell); } ///< units
    Index kind(Index cell) const { return kind_[cell]; }
    Index absent(Index cell) const { return absent_[cell]; } ///< units
    const std::vector<Index> &absent_cells() const { return absent_cells_; }
    Index absent_persons() const { return absent_persons_; }

    /// Let a vehicle call at these stops on that day for cells of a kind; those for whom it no longer calls
    /// are absent.
    void call_at(Index number, Index day, Index kind, const StopSet &pickups, const StopSet &dropoffs);

    /// Let a vehicle stay at home.
    void send_home(Index number) { call_at(number, 0, NONE, {}, {}); }

    /// Seat absent people as long as somebody finds a seat, where needed by others changing their vehicle.
    void seat_absent();

    /// Return by how much the changes since the last move make the fleet dearer: yuan, and what absent and
    /// late people cost.
    double value_gained() const;

    /// Make the changes since the last move final, or take them back.
    void keep();
    void undo();

private:
    struct Change {
        Index vehicle;
        Index cell;
        Index units;
    };
    struct Before {
        Index number;
        Vehicle vehicle;
    };
    struct Step {
        Index from;
        Index cell;
    };

    void touch(Index number);
    void list_cells(Index day, Index kind, const StopSet &pickups, const StopSet &dropoffs);
    void set_cells(Index number, const std::vector<Index> &cells);
    void board(Index number, Index cell, Index units);
    void count(Index number, Index cell, Index units);
    bool seat_some(Index cell);
    Index most_room(Index cell) const;
    double yuan(const Vehicle &vehicle) const;

    Loops loops_;
    std::vector<Vehicle> vehicles_;
    Table<Index> riders_;
    std::vector<std::vector<Index>> called_for_by_; ///< by cell, vehicles
    std::vector<std::vector<Index>> cells_at_;      ///< by pick-up
    std::vector<Index> kind_;                       ///< by cell: those of one kind may share a vehicle
    std::vector<Index> like_;                       ///< by kind, one of its cells
    std::vector<Index> room_;                       ///< by kind, seats of its largest vehicle
    std::vector<Index> absent_;
    std::vector<Index> absent_cells_;
    std::vector<Index> slot_; ///< by cell, where it stands in the list of absent ones
    Index absent_persons_ = 0;
    Index absent_persons_before_ = 0; ///< the present move
    std::vector<Change> changes_;
    std::vector<Before> before_;
    std::vector<bool> is_touched_;
    std::vector<Index> cells_; ///< for which a vehicle calls after a move
    std::vector<Index> stamp_; ///< by cell, the last list that it stands in
    Index num_lists_ = 0;
    std::vector<Step> step_; ///< by vehicle, how a search for a seat came there
    std::vector<Index> seen_;
    std::vector<Index> queue_;
    Index num_searches_ = 0;
};

} // namespace returnplan::stop_sets
