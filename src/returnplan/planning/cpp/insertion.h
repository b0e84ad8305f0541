/// The cheapest place for a unit among the batches, and units of the bench put into batches.
///
/// Greedy insertion with blinks (Christiaens and Vanden Berghe 2020, "Slack induction by string removals").
#pragma once

#include <vector>

#include "boarding.h"
#include "params.h"
#include "random.h"
#include "state.h"

namespace returnplan {

/// Return about what it costs more that a unit of the cell joins a batch that it may share; infinite where
/// its stops may not.
double sharing_yuan(State &state, Index batch, Index cell);

/// Return about what it costs more that a unit of the cell joins the batch; infinite where it may not.
inline double joining_yuan(State &state, Index batch, Index cell) {
    return may_share(state, batch, cell) ? sharing_yuan(state, batch, cell) : IMPOSSIBLE; // most often not
}

/// Return a batch without riders, or ``NONE``; not the one of the cell's last batch, which keeps its day.
Index empty_batch(State &state, Index cell);

/// Put a unit from the bench into the batch if every rule then holds.
bool add(State &state, Index batch, Index unit);

/// Return a random unit of the cell.
Index random_unit(const Market &market, Index cell, Random &random);

/// Return a random unit of a cell near this one.
Index random_neighbour(const Market &market, Index cell, Random &random);

class Insertion {
public:
    Insertion(State &state, const SearchParams &params, Random &random)
        : state_(state), params_(params), random_(random) {}

    /// Put a unit from the bench into the batch that it joins most cheaply; false where it can join none.
    bool join_cheapest(Index unit);

    /// Put units of the bench into batches, one after the other; a unit without a place stays.
    ///
    /// A batch is opened for a unit that can join none, or only at the price of a vehicle of its own. With
    /// some
    /// ``chance_of_blink`` a batch is not looked at; if there is a chance, large markets are not looked at
    /// whole. Units alike follow each other into a batch without a look at the others. Return the number of
    /// looks.
    Index insert(View<const Index> units, double chance_of_blink);

private:
    struct Place {
        Index batch;
        double yuan;
    };

    Place best_of_all(Index cell, double chance_of_blink);
    Place best_near(Index cell);
    bool join_as_before(Index unit);

    State &state_;
    const SearchParams &params_;
    Random &random_;
};

} // namespace returnplan
