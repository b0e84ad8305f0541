/// What riders pay at most if no known batch may earn more than it costs.
///
/// The prices stay amid those allowed (a logarithmic barrier), so that one batch more moves them little:
/// cutting planes at analytic centres (Goffin, Haurie and Vial 1992).
#pragma once

#include <vector>

#include "../arrays.h"

namespace returnplan::bounding {

/// How many groups that pay a price are on board; for a rule on departures as how much the batch counts.
struct Aboard {
    Index price;
    double num;
};

/// A batch that is known.
struct Known {
    Index day, picks, drops, pool;
    double cost_yuan;           ///< rents aside
    double times;               ///< how often the last prices run it
    std::vector<Aboard> riders; ///< by price, ascending
};

/// The batches known of one market, and how prices are set by them.
class Master {
public:
    /// ``num_groups`` pay each price; ``most_yuan`` is above nearly any price, rents aside: a party may need
    /// more than the cheapest vehicle.
    Master(View<const double> num_groups, View<const double> most_yuan)
        : num_groups_(num_groups.begin(), num_groups.end()), most_yuan_(most_yuan.begin(), most_yuan.end()) {}

    Index num_prices() const { return static_cast<Index>(num_groups_.size()); }
    const std::vector<Known> &batches() const { return batches_; }

    /// Return the rules that count a batch of the day and the pool, and as how much.
    std::vector<Aboard> rules_on(Index day, Index pool) const;

    /// Make a batch known.
    void add(Known batch) { batches_.push_back(std::move(batch)); }

    /// Have batches that count as at least so much run on the days of each new rule (by rule and day), each
    /// by its pool (by rule and pool); the prices of the rules are the last.
    void demand(Matrix<const bool> days, Matrix<const double> counts, View<const double> fewest);

    /// Return what all who pay the prices pay together.
    double paid_yuan(View<const double> prices) const;

    /// Bring prices nearer the centre, and count the vehicles that it runs (by pool and day).
    ///
    /// ``prices`` must be so low that every batch costs more than it earns. The exact centre pays
    /// ``gap_yuan`` less than the most; the more steps, the nearer. ``rent_yuan`` (by pool and day) is what a
    /// vehicle costs besides.
    void centre(View<double> prices, double gap_yuan, Matrix<const double> rent_yuan, Index num_steps,
                Matrix<double> vehicles);

    /// Return the number of the batch that the last prices run most, the first of several; there must be one.
    Index most_run() const;

    /// Forget one batch.
    void forget(Index batch) { batches_.erase(batches_.begin() + batch); }

    /// Forget all batches but these.
    void keep(View<const Index> which);

    /// Leave only the prices ``pays``, and so many groups of each, on the batches known, too.
    void shrink(View<const Index> pays, View<const double> num_groups);

private:
    double fares(const Known &batch, View<const double> prices) const;
    void step(View<double> prices, View<const double> slack, View<const double> below, double weight) const;

    /// A rule on departures: when it counts batches, and as how much those of each pool.
    struct Rule {
        Index price;
        std::vector<bool> on_day;
        std::vector<double> counts;
    };

    std::vector<double> num_groups_; ///< by price; last come the fewest vehicles of each rule on departures
    std::vector<double> most_yuan_;
    std::vector<Known> batches_;
    std::vector<Rule> rules_;
};

} // namespace returnplan::bounding
