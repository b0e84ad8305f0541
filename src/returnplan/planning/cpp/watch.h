/// What a running search shares with the thread that waits for it.
#pragma once

#include <atomic>

namespace returnplan {

struct Watch {
    std::atomic<double> time_over{
        0.0}; ///< share of the time limit that is over, told to the search; at 1 it ends
    std::atomic<double> work_over{0.0}; ///< share of the search that is over
    std::atomic<double> yuan{0.0};      ///< what the plan costs so far
};

} // namespace returnplan
