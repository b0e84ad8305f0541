/// The cheapest day and vehicle of a batch, and what the batch costs.
#pragma once

#include "state.h"

namespace returnplan {

/// What a batch is or would be, as far as its vehicle depends on it.
struct Journey {
    Index day;
    double km;
    Index persons;
    Index seats;
    double weight;
    Index prefecture;
    Index goal;
    Index regime; ///< the dated rules that hold for it
};

/// A vehicle and its yuan; infinite where none is free.
struct VehicleChoice {
    Index pool;
    double yuan;
};

/// Return the journey of the batch as it is.
Journey journey_of(const State &state, Index batch);

/// Return what a vehicle costs; a load below the least one costs as if its riders stayed at home.
///
/// Less is charged the nearer the load comes to the least one, so that the search fills the batch up.
double vehicle_yuan(const State &state, Index pool, const Journey &journey);

/// Return what the batch's stops between the first and the last cost.
double stops_yuan(const State &state, Index batch);

/// Return what the batch costs in yuan alone.
double batch_yuan(const State &state, Index batch);

/// Return whether the batch has its least load, and costs no more a head than it may.
bool is_worth_running(const State &state, Index batch);

/// Return what it costs that the batch's riders leave on that day, after their resume dates.
double late_yuan(const State &state, Index batch, Index day);

/// Return the cheapest vehicle that is free for a journey of the batch; its own counts as free on its day.
VehicleChoice cheapest_pool(const State &state, Index batch, const Journey &journey);

/// Choose the cheapest day and vehicle for the batch and set its value; infinite if there is none.
///
/// The batch must be released. Of equally cheap days the earliest is taken.
double choose_vehicle(State &state, Index batch);

} // namespace returnplan
