#include "master.h"

#include <algorithm>

#include "newton.h"

namespace returnplan::bounding {

namespace {

/// Times a price that is above its limit, for the centre to be found.
constexpr double ROOM = 1.02;
/// A batch whose riders pay less than this share of its cost is forgotten; it may be found again.
constexpr double MOST_SLACK = 0.2;
/// Of the way to the nearest limit, which a step goes at most.
constexpr double MOST_OF_THE_WAY = 0.9;

View<double> view(std::vector<double> &values) { return {values.data(), static_cast<Index>(values.size())}; }

} // namespace

std::vector<Aboard> Master::rules_on(Index day, Index pool) const {
    std::vector<Aboard> counted;
    for (const Rule &rule : rules_)
        if (rule.on_day[day])
            counted.push_back({rule.price, rule.counts[pool]});
    return counted;
}

void Master::demand(Matrix<const bool> days, Matrix<const double> counts, View<const double> fewest) {
    double most = *std::max_element(most_yuan_.begin(), most_yuan_.end());
    for (const Known &batch : batches_)
        most = std::max(most, 2.0 * batch.cost_yuan);
    for (Index i = 0; i < fewest.size(); ++i) {
        const Index price = num_prices();
        const View<const bool> on_day = days.row(i);
        const View<const double> counted = counts.row(i);
        num_groups_.push_back(fewest[i]);
        most_yuan_.push_back(most);
        rules_.push_back({price, std::vector<bool>(on_day.begin(), on_day.end()),
                          std::vector<double>(counted.begin(), counted.end())});
        for (Known &batch : batches_)
            if (on_day[batch.day])
                batch.riders.push_back({price, counted[batch.pool]});
    }
}

double Master::paid_yuan(View<const double> prices) const {
    double paid = 0.0;
    for (Index i = 0; i < prices.size(); ++i)
        paid += prices[i] * num_groups_[i];
    return paid;
}

void Master::centre(View<double> prices, double gap_yuan, Matrix<const double> rent_yuan, Index num_steps,
                    Matrix<double> vehicles) {
    double most_rent = 0.0;
    for (Index pool = 0; pool < rent_yuan.num_rows(); ++pool)
        for (const double yuan : rent_yuan.row(pool))
            most_rent = std::max(most_rent, yuan);
    std::vector<double> most(prices.size()), below(prices.size());
    for (Index i = 0; i < prices.size(); ++i)
        most[i] = std::max(most_yuan_[i] + most_rent, ROOM * prices[i]);
    std::vector<double> cost(batches_.size()), slack(batches_.size());
    for (std::size_t b = 0; b < batches_.size(); ++b)
        cost[b] = batches_[b].cost_yuan + rent_yuan(batches_[b].pool, batches_[b].day);
    const auto find_slack = [&] {
        for (std::size_t b = 0; b < batches_.size(); ++b)
            slack[b] = cost[b] - fares(batches_[b], prices);
    };
    const double weight = gap_yuan / static_cast<double>(batches_.size() + most.size());
    for (Index nth = 0; nth < num_steps; ++nth) {
        find_slack();
        for (Index i = 0; i < prices.size(); ++i)
            below[i] = most[i] - prices[i];
        step(prices, view(slack), view(below), weight);
    }
    find_slack();
    double run_yuan = 0.0;
    for (std::size_t b = 0; b < batches_.size(); ++b) {
        batches_[b].times = weight / slack[b];
        run_yuan += batches_[b].times * cost[b];
    }
    // far from the centre all run too often or too rarely: what riders pay is what batches cost
    const double share = paid_yuan(prices) / run_yuan;
    std::size_t num_kept = 0;
    for (std::size_t b = 0; b < batches_.size(); ++b) {
        vehicles(batches_[b].pool, batches_[b].day) += share * batches_[b].times;
        if (slack[b] > MOST_SLACK * cost[b])
            continue;
        if (num_kept != b)
            batches_[num_kept] = std::move(batches_[b]);
        ++num_kept;
    }
    batches_.resize(num_kept);
}

Index Master::most_run() const {
    const auto runs_less = [](const Known &one, const Known &other) { return one.times < other.times; };
    return std::max_element(batches_.begin(), batches_.end(), runs_less) - batches_.begin();
}

void Master::keep(View<const Index> which) {
    std::vector<Known> kept;
    kept.reserve(which.size());
    for (const Index b : which)
        kept.push_back(std::move(batches_[b]));
    batches_ = std::move(kept);
}

void Master::shrink(View<const Index> pays, View<const double> num_groups) {
    std::vector<Index> place(num_prices(), -1);
    std::vector<double> most_yuan(pays.size());
    for (Index i = 0; i < pays.size(); ++i) {
        place[pays[i]] = i;
        most_yuan[i] = most_yuan_[pays[i]];
    }
    num_groups_.assign(num_groups.begin(), num_groups.end());
    most_yuan_ = std::move(most_yuan);
    for (Known &batch : batches_) {
        std::vector<Aboard> stay;
        for (const auto &[price, num] : batch.riders)
            if (place[price] >= 0)
                stay.push_back({place[price], std::min(num, num_groups[place[price]])});
        batch.riders = std::move(stay);
    }
    std::erase_if(batches_, [](const Known &batch) { return batch.riders.empty(); });
}

double Master::fares(const Known &batch, View<const double> prices) const {
    double paid = 0.0;
    for (const auto &[price, num] : batch.riders)
        paid += num * prices[price];
    return paid;
}

/// Take a Newton step that stays inside.
void Master::step(View<double> prices, View<const double> slack, View<const double> below,
                  double weight) const {
    const Index num = prices.size();
    std::vector<double> step(num), bend(num), pull(batches_.size());
    for (Index i = 0; i < num; ++i) {
        step[i] = num_groups_[i] + weight / prices[i] - weight / below[i];
        bend[i] = weight / (prices[i] * prices[i]) + weight / (below[i] * below[i]);
    }
    for (std::size_t b = 0; b < batches_.size(); ++b) {
        const double times = weight / slack[b];
        pull[b] = times / slack[b];
        for (const auto &[price, num_aboard] : batches_[b].riders)
            step[price] -= times * num_aboard;
    }
    newton_step(batches_, view(pull), view(bend), view(step));
    double used = 0.0;
    for (std::size_t b = 0; b < batches_.size(); ++b)
        used = std::max(used, fares(batches_[b], view(step)) / slack[b]);
    for (Index i = 0; i < num; ++i)
        used = std::max({used, -step[i] / prices[i], step[i] / below[i]});
    const double share = used > 0.0 ? std::min(1.0, MOST_OF_THE_WAY / used) : 1.0;
    for (Index i = 0; i < num; ++i)
        prices[i] += share * step[i];
}

} // namespace returnplan::bounding
