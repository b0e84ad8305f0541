/// What a running search shares with the thread that waits for it.
#pragma once

#include <atomic>

namespace returnplan {

struct Watch {
    std::atomic<double> time_over{
        0.0}; ///< share of the time limit that is over, told to the search; at 1 it ends
    std::atomic<double> work_over{0.0};   ///< share of the search that is over
    std::atomic<double> work_until{1.0};  ///< share that will be over when the present annealing ends
    std::atomic<double> yuan{0.0};        ///< what the plan costs so far
    std::atomic<double> people{0.0};      ///< how many it carries
    std::atomic<double> others_yuan{0.0}; ///< of markets that stand still meanwhile; counted in ``yuan``
    std::atomic<double> others_people{0.0};
};

} // namespace returnplan
