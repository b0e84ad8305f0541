/// What a batch takes from all others: a vehicle of its day, and places under the day caps of the day on
/// which it leaves and of that on which it arrives.
#pragma once

#include "state.h"

namespace returnplan {

constexpr Index NOT_LEGAL = -1;

/// Return when the batch arrives, in minutes from midnight of its date, or that its drivers may not go so
/// far.
Index arrival_minute(State &state, Index batch);

/// Return whether one more vehicle of the pool may leave on the day, and is back for all others.
bool is_vehicle_free(const State &state, Index pool, Index day);

/// Return whether the batch may leave on the day as far as the day caps go.
bool is_within_caps(State &state, Index batch, Index day);

/// Count the batch's vehicle and people as taken.
void hold(State &state, Index batch);

/// Count the batch's vehicle and people as free, while the batch is changed.
void release(State &state, Index batch);

} // namespace returnplan
