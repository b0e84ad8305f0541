#include "reorder.h"

#include <algorithm>

#include "capacity.h"
#include "journal.h"
#include "vehicle_choice.h"

namespace returnplan {

namespace {

constexpr Index MOST_SHIFTED = 3; ///< stops that come elsewhere together

} // namespace

bool Reorder::try_one(double most_loss) {
    const Index batch = random_.below(state_.num_active);
    const Batch &b = state_.batches[batch];
    const bool is_at_pickups = random_.happens(0.5);
    const Index size = is_at_pickups ? b.num_picks : b.num_drops;
    if (b.num_members == 0 || size < 2)
        return false;
    sketch_.copy(batch);
    Stops stops = is_at_pickups ? sketch_.pickups() : sketch_.dropoffs();
    const Index from = random_.below(size), to = random_.below(size);
    if (random_.happens(0.5))
        stops.reverse(std::min(from, to), std::max(from, to) + 1);
    else
        stops.shift(from, std::min(size, from + 1 + random_.below(MOST_SHIFTED)), to);
    if (sketch_.yuan() - b.value > most_loss || !touch(state_, batch))
        return false;
    release(state_, batch);
    sketch_.draw();
    if (choose_vehicle(state_, batch) == IMPOSSIBLE)
        return false;
    hold(state_, batch);
    return true;
}

} // namespace returnplan
