#include "neighbours.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace returnplan {

namespace {

/// Cells by how far they are from a journey; they are sorted as far as somebody looks.
class ByDistance {
public:
    explicit ByDistance(std::vector<std::pair<double, Index>> cells) : cells_(std::move(cells)) {}

    Index size() const { return static_cast<Index>(cells_.size()); }

    Index operator[](Index nth) {
        while (nth >= num_sorted_)
            sort_more();
        return cells_[nth].second;
    }

private:
    static constexpr Index AT_FIRST = 64;

    void sort_more() {
        const auto begin = cells_.begin() + num_sorted_;
        const Index more = std::min(std::max(AT_FIRST, num_sorted_), size() - num_sorted_);
        std::nth_element(begin, begin + more - 1, cells_.end());
        std::sort(begin, begin + more);
        num_sorted_ += more;
    }

    std::vector<std::pair<double, Index>> cells_;
    Index num_sorted_ = 0;
};

} // namespace

void find_neighbours(const Travels &cells, Matrix<const double> km, Matrix<Index> near) {
    std::map<Index, std::vector<Index>> groups;
    for (Index cell = 0; cell < near.num_rows(); ++cell)
        groups[cells.city_group[cell]].push_back(cell);
    for (const auto &[group, mine] : groups) {
        std::map<std::pair<Index, Index>, std::vector<Index>> journeys; // cells of one see the others alike
        for (const Index cell : mine)
            journeys[{cells.pickup[cell], cells.dropoff[cell]}].push_back(cell);
        for (const auto &[journey, members] : journeys) {
            std::vector<std::pair<double, Index>> away;
            for (const Index cell : mine)
                away.push_back(
                    {km(journey.first, cells.pickup[cell]) + km(journey.second, cells.dropoff[cell]), cell});
            ByDistance others(std::move(away));
            for (const Index cell : members) {
                const View<Index> row = near.row(cell);
                Index num = 0;
                row[num++] = cell;
                for (const bool shares_a_day : {true, false})
                    for (Index nth = 0; nth < others.size() && num < row.size(); ++nth) {
                        const Index other = others[nth];
                        const bool has_common_day = cells.earliest[other] <= cells.latest[cell]
                                                    && cells.earliest[cell] <= cells.latest[other];
                        if (other != cell && has_common_day == shares_a_day)
                            row[num++] = other;
                    }
                std::fill(row.begin() + num, row.end(), cell);
            }
        }
    }
}

} // namespace returnplan
