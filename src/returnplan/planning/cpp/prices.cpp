#include "prices.h"

#include <cmath>

#include "vehicle_choice.h"

namespace returnplan {

namespace {

/// In the end a late day without a price of its own costs more than any coach, and less than any person.
constexpr Prices STRICT{1e9, 1e5};

void set_and_value(State &state, const Prices &prices) {
    const double late_day_yuan = state.market.limits.late_day_yuan;
    const double idle_share = state.prices.idle_share;
    state.prices = prices;
    state.prices.idle_share = idle_share;
    if (!std::isnan(late_day_yuan))
        state.prices.late_day = late_day_yuan;
    for (Index batch = 0; batch < state.num_active; ++batch) {
        Batch &b = state.batches[batch];
        if (b.num_members == 0)
            continue;
        b.vehicle_yuan = vehicle_yuan(state, state.pool_number(b), journey_of(state, batch));
        const double late = late_yuan(state, batch, b.day);
        b.value = b.vehicle_yuan + stops_yuan(state, batch) + late + b.move_yuan;
    }
}

} // namespace

void set_strict_prices(State &state) { set_and_value(state, STRICT); }

void set_prices(State &state, const SearchParams &params, double progress) {
    if (progress >= params.cheap_share)
        return set_strict_prices(state);
    const double rise = params.last_person_yuan / params.first_person_yuan;
    const double person = params.first_person_yuan * std::pow(rise, progress / params.cheap_share);
    set_and_value(state, {person, person / params.late_days_per_person});
}

void tell_standing(const State &state, Watch &watch) {
    double yuan = 0.0;
    Index people = 0;
    for (Index batch = 0; batch < state.num_active; ++batch) {
        const Batch &b = state.batches[batch];
        if (b.num_members == 0 || b.pool == NONE || b.persons < state.least_load(batch))
            continue;
        yuan += batch_yuan(state, batch);
        people += b.persons;
    }
    watch.yuan = yuan + watch.others_yuan;
    watch.people = static_cast<double>(people) + watch.others_people;
}

} // namespace returnplan
