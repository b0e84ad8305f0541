#include "newton.h"

#include <vector>

// Where the processor has wider vectors, loops over rows use them: the same operations in the same order, so the same
// digits (no multiplication is fused with an addition), in half the time. The linker of Linux chooses at the start.
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__has_attribute) && !defined(__SANITIZE_ADDRESS__)
#if __has_attribute(target_clones)
#define WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef WIDE_VECTORS
#define WIDE_VECTORS
#endif

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

/// Take what two rows have in common off the row ``i`` below them, from column ``from`` on.
void take_off(Matrix<double> bend, View<double> step, Index k, Index i, Index from) {
    const View<double> first = bend.row(k), second = bend.row(k + 1), below = bend.row(i);
    const double by_first = first[i] / first[k], by_second = second[i] / second[k + 1];
    for (Index j = from; j < step.size(); ++j)
        below[j] -= by_first * first[j] + by_second * second[j];
    step[i] -= by_first * step[k] + by_second * step[k + 1];
}

/// Make the pair of rows from ``k`` on a triangle at its left end.
void straighten(Matrix<double> bend, View<double> step, Index k) {
    const View<double> first = bend.row(k), second = bend.row(k + 1);
    const double by = first[k + 1] / first[k];
    for (Index j = k + 1; j < step.size(); ++j)
        second[j] -= by * first[j];
    step[k + 1] -= by * step[k];
}

/// Bring a symmetric positive definite system, of which the upper half is given, to triangular form.
///
/// Four rows at once are taken from those below: it is the memory that is slow.
WIDE_VECTORS void eliminate(Matrix<double> bend, View<double> step) {
    const Index num = step.size();
    Index k = 0;
    for (; k + 3 < num; k += 4) {
        straighten(bend, step, k);
        take_off(bend, step, k, k + 2, k + 2);
        take_off(bend, step, k, k + 3, k + 3);
        straighten(bend, step, k + 2);
        const double *a = bend.row(k).begin(), *b = bend.row(k + 1).begin(), *c = bend.row(k + 2).begin(),
                     *d = bend.row(k + 3).begin();
        for (Index i = k + 4; i < num; ++i) {
            const double by_a = a[i] / a[k], by_b = b[i] / b[k + 1], by_c = c[i] / c[k + 2],
                         by_d = d[i] / d[k + 3];
            if (by_a == 0.0 && by_b == 0.0 && by_c == 0.0 && by_d == 0.0)
                continue;
            double *const below = bend.row(i).begin();
            for (Index j = i; j < num; ++j)
                below[j] = below[j] - (by_a * a[j] + by_b * b[j]) - (by_c * c[j] + by_d * d[j]);
            step[i] = step[i] - (by_a * step[k] + by_b * step[k + 1])
                      - (by_c * step[k + 2] + by_d * step[k + 3]);
        }
    }
    for (; k + 1 < num; k += 2) {
        straighten(bend, step, k);
        for (Index i = k + 2; i < num; ++i)
            take_off(bend, step, k, i, i);
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
