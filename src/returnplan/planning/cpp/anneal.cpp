#include "anneal.h"

#include <algorithm>
#include <cmath>

#include "exchange.h"
#include "fill.h"
#include "insertion.h"
#include "journal.h"
#include "prices.h"
#include "random.h"
#include "rebuild.h"
#include "repair.h"

namespace returnplan {

void anneal(State &state, const SearchParams &params, Stint stint, Watch &watch, View<const Index> order,
            Matrix<const Index> start) {
    const double begun = watch.work_over, first = watch.time_over;
    const double work = static_cast<double>(stint.work);
    Random random(stint.seed);
    Insertion insertion(state, params, random);
    Exchange exchange(state, params, random);
    Rebuild rebuild(state, params, random);

    state.prices.idle_share = params.idle_share;
    set_strict_prices(state);
    if (state.market.limits.has_told) {
        repair(state, insertion, order);
    } else if (start.num_rows() > 0) {
        open_as(state, start);
        insert_rest(state, insertion, order, Idle::ALLOWED);
    } else {
        fill(state, params, order);
    }

    set_prices(state, params, 0.0);
    const Index most_unchecked = std::min(params.most_unchecked, stint.work / 100);
    double temperature = params.hot_yuan, bench_weight = state.bench_weight;
    for (Index done = 0, checked = 0; done < stint.work;) {
        if (done - checked > most_unchecked) {
            checked = done;
            const double work_over = static_cast<double>(done) / work;
            const double time_over = (watch.time_over - first) / std::max(1e-9, 1.0 - first);
            const double progress = std::max(work_over, std::min(1.0, time_over));
            temperature = params.hot_yuan * std::pow(params.cold_yuan / params.hot_yuan, progress);
            set_prices(state, params, progress);
            watch.yuan = plan_yuan(state);
            watch.work_over = begun + (1.0 - begun) * static_cast<double>(done) / work;
            if (watch.time_over >= 1.0)
                break;
        }
        bool is_possible = true;
        if (random.happens(params.share_of_rebuilds)) {
            done += params.work_to_insert * rebuild.run() + 1;
        } else {
            done += 1;
            is_possible = exchange.try_one();
        }
        if (!is_possible) {
            undo(state);
            continue;
        }
        const double loss = value_gained(state) + state.prices.person * (state.bench_weight - bench_weight);
        if (loss <= 0.0 || loss < -temperature * std::log(random.uniform())) {
            bench_weight = state.bench_weight;
            keep(state);
        } else {
            undo(state);
        }
    }

    set_strict_prices(state);
    dissolve_idle(state);
    insert_rest(state, insertion, order, Idle::FORBIDDEN);
}

} // namespace returnplan
