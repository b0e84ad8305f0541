#include "anneal.h"

#include <cmath>

#include "another_day.h"
#include "call.h"
#include "leave_out.h"
#include "trade.h"

namespace returnplan::stop_sets {

namespace {

constexpr double TRADES = 0.2, STOPS_LEFT_OUT = 0.08, ALL_LEFT_OUT = 0.01, OTHER_DAYS = 0.05;
constexpr Index MOST_UNCHECKED = 500;

bool try_one(Fleet &fleet, Random &random) {
    double draw = random.uniform();
    if ((draw -= TRADES) < 0.0)
        return trade(fleet, random);
    if ((draw -= STOPS_LEFT_OUT) < 0.0)
        return leave_out_a_stop(fleet, random);
    if ((draw -= ALL_LEFT_OUT) < 0.0)
        return leave_out_all(fleet, random);
    if (fleet.market.num_days() > 1 && (draw -= OTHER_DAYS) < 0.0)
        return another_day(fleet, random);
    return call(fleet, random);
}

double between(double first, double last, double progress) {
    return first * std::pow(last / first, progress);
}

} // namespace

void anneal(Fleet &fleet, const Stint &stint, Random &random, Watch &watch) {
    const double begun = watch.work_over, until = watch.work_until;
    const double late_day_yuan = fleet.market.limits.late_day_yuan;
    double temperature = stint.hot_yuan;
    for (Index done = 0; done < stint.num_moves && watch.time_over < 1.0; ++done) {
        if (stint.ends_when_all_ride && fleet.absent_persons() == 0)
            break;
        if (done % MOST_UNCHECKED == 0) {
            const double progress = static_cast<double>(done) / static_cast<double>(stint.num_moves);
            temperature = between(stint.hot_yuan, stint.cold_yuan, progress);
            fleet.prices.person = between(stint.first_person_yuan, stint.last_person_yuan, progress);
            fleet.prices.late_day =
                std::isnan(late_day_yuan) ? fleet.prices.person / stint.late_days_per_person : late_day_yuan;
            watch.work_over = begun + (until - begun) * progress;
        }
        if (!try_one(fleet, random))
            continue;
        fleet.seat_absent();
        if (fleet.value_gained() <= -temperature * std::log(random.uniform()))
            fleet.keep();
        else
            fleet.undo();
    }
}

} // namespace returnplan::stop_sets
