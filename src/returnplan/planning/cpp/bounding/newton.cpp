#include "newton.h"

#include <vector>

namespace returnplan::bounding {

namespace {

/// Add a weighted product of every row with itself to the upper half.
void add_products(Matrix<const double> riders, View<const double> pull, Matrix<double> bend) {
    std::vector<Index> paying;
    for (Index row = 0; row < riders.num_rows(); ++row) {
        const View<const double> groups = riders.row(row);
        paying.clear();
        for (Index i = 0; i < groups.size(); ++i)
            if (groups[i] > 0.0)
                paying.push_back(i);
        for (std::size_t a = 0; a < paying.size(); ++a) {
            const double by = pull[row] * groups[paying[a]];
            const View<double> target = bend.row(paying[a]);
            for (std::size_t b = a; b < paying.size(); ++b)
                target[paying[b]] += by * groups[paying[b]];
        }
    }
}

/// Bring a symmetric positive definite system, of which the upper half is given, to triangular form.
///
/// Two rows at once are taken from those below: it is the memory that is slow.
void eliminate(Matrix<double> bend, View<double> step) {
    const Index num = step.size();
    for (Index k = 0; k + 1 < num; k += 2) {
        const View<double> first = bend.row(k), second = bend.row(k + 1);
        const double by = first[k + 1] / first[k];
        for (Index j = k + 1; j < num; ++j)
            second[j] -= by * first[j];
        step[k + 1] -= by * step[k];
        for (Index i = k + 2; i < num; ++i) {
            const double by_first = first[i] / first[k], by_second = second[i] / second[k + 1];
            if (by_first == 0.0 && by_second == 0.0)
                continue;
            const View<double> below = bend.row(i);
            for (Index j = i; j < num; ++j)
                below[j] -= by_first * first[j] + by_second * second[j];
            step[i] -= by_first * step[k] + by_second * step[k + 1];
        }
    }
}

/// Solve a triangular system from its last row up.
void substitute_back(Matrix<double> bend, View<double> step) {
    for (Index i = step.size() - 1; i >= 0; --i) {
        for (Index j = i + 1; j < step.size(); ++j)
            step[i] -= bend(i, j) * step[j];
        step[i] /= bend(i, i);
    }
}

} // namespace

void newton_step(Matrix<const double> riders, View<const double> pull, Matrix<double> bend,
                 View<double> step) {
    add_products(riders, pull, bend);
    eliminate(bend, step);
    substitute_back(bend, step);
}

} // namespace returnplan::bounding
