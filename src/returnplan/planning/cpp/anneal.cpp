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
#include "reorder.h"
#include "repair.h"
#include "swap.h"

namespace returnplan {

void anneal(State &state, const SearchParams &params, Stint stint, Watch &watch, View<const Index> order,
            Matrix<const Index> start, Memory *memory) {
    const double begun = watch.work_over, until = watch.work_until, first = watch.time_over;
    const double work = static_cast<double>(stint.work);
    Random random(stint.seed);
    Insertion insertion(state, params, random);
    Exchange exchange(state, params, random);
    Rebuild rebuild(state, params, random);
    Swap swap(state, params, random);
    Reorder reorder(state, random);

    state.prices.idle_share = params.idle_share;
    set_strict_prices(state);
    if (start.num_rows() > 0) {
        open_as(state, start);
        insert_rest(state, insertion, order, Idle::ALLOWED);
    } else if (state.market.limits.has_previous) {
        repair(state, insertion, order);
    } else {
        fill(state, params, order);
    }

    set_prices(state, params, 0.0);
    const Index most_unchecked = std::min(params.most_unchecked, stint.work / 100);
    double temperature = params.hot_yuan, bench_weight = state.bench_weight;
    for (Index done = 0, checked = 0, looked = 0; done < stint.work;) {
        if (memory != nullptr && done - looked > params.work_between_looks) {
            looked = done;
            memory->remember(state);
        }
        if (done - checked > most_unchecked) {
            checked = done;
            const double work_over = static_cast<double>(done) / work;
            const double time_over = (watch.time_over - first) / std::max(1e-9, 1.0 - first);
            const double progress = std::max(work_over, std::min(1.0, time_over));
            temperature = params.hot_yuan * std::pow(params.cold_yuan / params.hot_yuan, progress);
            set_prices(state, params, progress);
            tell_standing(state, watch);
            watch.work_over = begun + (until - begun) * static_cast<double>(done) / work;
            if (watch.time_over >= 1.0)
                break;
        }
        const double most_loss = -temperature * std::log(random.uniform());
        bool is_possible = true;
        done += 1;
        if (random.happens(params.share_of_rebuilds)) {
            done += rebuild.run();
        } else {
            const double draw = random.uniform();
            if (draw < params.share_of_swaps)
                is_possible = swap.try_one(most_loss);
            else if (draw < params.share_of_swaps + params.share_of_reorders)
                is_possible = reorder.try_one(most_loss);
            else
                is_possible = exchange.try_one();
        }
        if (!is_possible) {
            undo(state);
            continue;
        }
        const double loss = value_gained(state) + state.prices.person * (state.bench_weight - bench_weight);
        if (loss <= most_loss) {
            bench_weight = state.bench_weight;
            keep(state);
        } else {
            undo(state);
        }
    }

    set_strict_prices(state);
    dissolve_idle(state);
    insert_rest(state, insertion, order, Idle::FORBIDDEN);
    if (memory != nullptr)
        memory->remember(state);
}

} // namespace returnplan
