#include "newton.h"

#include <algorithm>
#include <numeric>
#include <vector>

// Where the processor has wider vectors, loops over rows use them: the same operations in the same order, so
// the same digits (no multiplication is fused with an addition), in half the time. The linker of Linux
// chooses at the start.
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__has_attribute)                                \
    && !defined(__SANITIZE_ADDRESS__)
#if __has_attribute(target_clones)
#define WIDE_VECTORS __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
#endif
#ifndef WIDE_VECTORS
#define WIDE_VECTORS
#endif

// What such a loop calls has to be part of it, or it would be compiled for the narrowest vectors.
#if defined(_MSC_VER)
#define ALWAYS_INLINE __forceinline
#else
#define ALWAYS_INLINE inline __attribute__((always_inline))
#endif

namespace returnplan::bounding {

namespace {

/// Add a weighted product of the riders of every batch with themselves to the upper half, and return how far
/// each row reaches: the column behind the last that is not zero.
std::vector<Index> add_products(const std::vector<Known> &batches, View<const double> pull,
                                Matrix<double> bend) {
    std::vector<Index> reach(bend.num_rows());
    std::iota(reach.begin(), reach.end(), Index{1});
    for (std::size_t b = 0; b < batches.size(); ++b) {
        const std::vector<Aboard> &riders = batches[b].riders;
        for (std::size_t i = 0; i < riders.size(); ++i) {
            const double by = pull[b] * riders[i].num;
            const View<double> target = bend.row(riders[i].price);
            for (std::size_t j = i; j < riders.size(); ++j)
                target[riders[j].price] += by * riders[j].num;
            reach[riders[i].price] = std::max(reach[riders[i].price], riders.back().price + 1);
        }
    }
    return reach;
}

/// Take what two rows have in common off the row ``i`` below them, from column ``from`` to ``end``.
ALWAYS_INLINE void take_off(Matrix<double> bend, View<double> step, Index k, Index i, Index from, Index end) {
    const View<double> first = bend.row(k), second = bend.row(k + 1), below = bend.row(i);
    const double by_first = first[i] / first[k], by_second = second[i] / second[k + 1];
    for (Index j = from; j < end; ++j)
        below[j] -= by_first * first[j] + by_second * second[j];
    step[i] -= by_first * step[k] + by_second * step[k + 1];
}

/// Make the pair of rows from ``k`` on a triangle at its left end.
ALWAYS_INLINE void straighten(Matrix<double> bend, View<double> step, Index k, Index end) {
    const View<double> first = bend.row(k), second = bend.row(k + 1);
    const double by = first[k + 1] / first[k];
    for (Index j = k + 1; j < end; ++j)
        second[j] -= by * first[j];
    step[k + 1] -= by * step[k];
}

/// Bring a symmetric positive definite system, of which the upper half is given, to triangular form.
///
/// Four rows at once are taken from those below: it is the memory that is slow. ``reach`` is, in the end,
/// that of the triangle.
WIDE_VECTORS void eliminate(Matrix<double> bend, View<double> step, std::vector<Index> &reach) {
    const Index num = step.size();
    Index k = 0, end = 0;
    for (; k + 3 < num; k += 4) {
        end = std::max(end, *std::max_element(&reach[k], &reach[k] + 4));
        std::fill(&reach[k], &reach[k] + 4, end);
        straighten(bend, step, k, end);
        take_off(bend, step, k, k + 2, k + 2, end);
        take_off(bend, step, k, k + 3, k + 3, end);
        straighten(bend, step, k + 2, end);
        const double *a = bend.row(k).begin(), *b = bend.row(k + 1).begin(), *c = bend.row(k + 2).begin(),
                     *d = bend.row(k + 3).begin();
        for (Index i = k + 4; i < end; ++i) {
            const double by_a = a[i] / a[k], by_b = b[i] / b[k + 1], by_c = c[i] / c[k + 2],
                         by_d = d[i] / d[k + 3];
            if (by_a == 0.0 && by_b == 0.0 && by_c == 0.0 && by_d == 0.0)
                continue;
            double *const below = bend.row(i).begin();
            for (Index j = i; j < end; ++j)
                below[j] = below[j] - (by_a * a[j] + by_b * b[j]) - (by_c * c[j] + by_d * d[j]);
            step[i] =
                step[i] - (by_a * step[k] + by_b * step[k + 1]) - (by_c * step[k + 2] + by_d * step[k + 3]);
        }
    }
    std::fill(reach.begin() + k, reach.end(), num);
    for (; k + 1 < num; k += 2) {
        straighten(bend, step, k, num);
        for (Index i = k + 2; i < num; ++i)
            take_off(bend, step, k, i, i, num);
    }
}

/// Solve a triangular system from its last row up.
void substitute_back(Matrix<double> bend, View<double> step, const std::vector<Index> &reach) {
    for (Index i = step.size() - 1; i >= 0; --i) {
        const double *const row = bend.row(i).begin();
        double odd = 0.0, even = 0.0; // two sums side by side take half the time of one
        Index j = i + 1;
        for (; j + 1 < reach[i]; j += 2) {
            odd += row[j] * step[j];
            even += row[j + 1] * step[j + 1];
        }
        if (j < reach[i])
            odd += row[j] * step[j];
        step[i] = (step[i] - (odd + even)) / row[i];
    }
}

} // namespace

void newton_step(const std::vector<Known> &batches, View<const double> pull, View<const double> bend,
                 View<double> step) {
    const Index num = step.size();
    std::vector<double> values(num * num, 0.0);
    for (Index i = 0; i < num; ++i)
        values[i * num + i] = bend[i];
    const Matrix<double> system(values.data(), num, num);
    std::vector<Index> reach = add_products(batches, pull, system);
    eliminate(system, step, reach);
    substitute_back(system, step, reach);
}

} // namespace returnplan::bounding
