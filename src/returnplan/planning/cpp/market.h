/// The problem of one market, which does not change during a search: its cells, vehicles and roads.
///
/// A *unit* is one group of people who travel together: a person with the children along, or a party. A
/// *cell* is a set of units that are alike.
#pragma once

#include <limits>

#include "arrays.h"

namespace returnplan {

constexpr Index NONE = -1; ///< no batch, place, vehicle, or batch of the last plan
constexpr Index MIXED =
    -2; ///< the prefecture or city of a batch whose riders have several; no base equals it
constexpr double IMPOSSIBLE = std::numeric_limits<double>::infinity();
constexpr double ROUNDING = 1e-6; ///< differences of yuan or km below this are none

/// Units that are alike; what is counted is counted for one of them.
struct Cell {
    Index pickup;
    Index prefecture;
    Index goal; ///< prefecture that its people travel to
    Index county;
    Index city_group; ///< destinations that may share a vehicle
    Index city;       ///< destination with a day cap, or none
    Index earliest;
    Index latest;
    Index persons;
    Index seats;
    Index previous; ///< the batch that stands for the one of the last plan that the cell was on, or none
    Index previous_day;
    Index previous_pool;
    Index drop_first; ///< the cell's drop-offs, from the first to before the end
    Index drop_end;
    Index first_unit; ///< the cell's units, from the first to before the end
    Index end_unit;
    double weight;     ///< how much it is worth that one unit is planned
    double move_yuan;  ///< what it costs that one unit leaves its batch of the last plan
    double alone_yuan; ///< what the cheapest vehicle costs one unit that has it to itself
};

/// Where some people of each unit of a cell alight.
struct Drop {
    Index place;
    Index persons;
};

/// Vehicles of one type at one base.
struct Pool {
    Index usable; ///< seats under the mildest regime
    Index min_load;
    Index base; ///< prefecture that its riders must board in, or none
    Index goal; ///< prefecture that its riders must travel to, or none
    Index turnaround_days;
    double fixed_yuan;
    double per_km_yuan;
};

/// Return whether vehicles may carry people who all board in one prefecture and travel to another.
inline bool serves(const Pool &pool, Index prefecture, Index goal) {
    return (pool.base == NONE || pool.base == prefecture) && (pool.goal == NONE || pool.goal == goal);
}

/// Rules and prices that hold for every batch.
struct Limits {
    Index max_pickups;
    Index max_dropoffs;
    Index most_usable; ///< seats of the largest vehicle
    bool mix_counties;
    bool has_previous;      ///< somebody was on a batch of the last plan
    bool days_differ;       ///< a batch may be cheaper or possible on one day and not on another
    bool has_caps;          ///< there are day caps on people
    bool has_drive_minutes; ///< minutes of roads are known; else all are driven at the usual speed
    double max_pickup_km;
    double max_dropoff_km;
    double stop_cost_yuan;
    double max_yuan_per_head;
    double minutes_per_km;
    double dwell_minutes;
    double boarding_minutes; ///< of a rider, once for boarding and once for alighting
    double short_km;         ///< the longest journey that need not stand still before morning
    double most_km;          ///< the longest journey that as many drivers as a batch may have suffice for
    double late_day_yuan;    ///< not a number: late days count before any money
};

struct Market {
    View<const Cell> cells;
    View<const Drop> drops;
    View<const Pool> pools;
    Limits limits;
    Matrix<const Index> available;      ///< vehicles by pool and day
    Matrix<const Index> max_departures; ///< people by prefecture and day
    Matrix<const Index> max_arrivals;   ///< people by city and day
    Matrix<const Index>
        arrival; ///< minutes from midnight, by hours of reception and length of the journey (short
                 ///< ones first) and by minutes under way; negative: not legal, and neither is more
    View<const Index> reception; ///< by place, the number of the hours at which it takes people in
    Matrix<const Index> regime;  ///< by cell and day, which dated rules hold for its riders
    Matrix<const Index>
        join; ///< by two regimes, that of a batch with riders of both; the first is the mildest
    Matrix<const Index> usable;       ///< seats, by regime and pool
    Matrix<const Index> least;        ///< riders of a batch, by regime and pool
    Matrix<const double> late_days;   ///< person-days after the resume date, by cell and day
    Cube<const double> km;            ///< by network, origin and destination
    Cube<const double> drive_minutes; ///< at the wheel by day, as km; empty where none are known
    View<const Index> network_of_day;
    View<const Index> unit_cell; ///< the cell of each unit
    Matrix<const Index> near;    ///< for each cell those most worth sharing a vehicle with, itself first
    View<const Index>
        newcomers; ///< units that were on no batch of the last plan; all units where there are none

    const Cell &cell_of(Index unit) const { return cells[unit_cell[unit]]; }
    Index num_days() const { return available.num_columns(); }
    Matrix<const double> roads(Index day) const { return km[network_of_day[day]]; }
    Matrix<const double> minutes(Index day) const { return drive_minutes[network_of_day[day]]; }
};

} // namespace returnplan
