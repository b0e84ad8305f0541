/// What Python sees of the search: see _core.pyi.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "anneal.h"
#include "bounding/master.h"
#include "bounding/pricing.h"
#include "bounding/round.h"
#include "columns/pricing.h"
#include "exchange.h"
#include "fill.h"
#include "fill_up.h"
#include "insertion.h"
#include "journal.h"
#include "market.h"
#include "memory.h"
#include "neighbours.h"
#include "params.h"
#include "prices.h"
#include "random.h"
#include "rebuild.h"
#include "records.h"
#include "reorder.h"
#include "repair.h"
#include "route.h"
#include "state.h"
#include "stop_sets/anneal.h"
#include "stop_sets/another_day.h"
#include "stop_sets/call.h"
#include "stop_sets/fleet.h"
#include "stop_sets/leave_out.h"
#include "stop_sets/trade.h"
#include "swap.h"
#include "watch.h"

namespace returnplan {

namespace {

using Ints = nb::ndarray<const Index, nb::ndim<1>, nb::c_contig>;
using IntTable = nb::ndarray<const Index, nb::ndim<2>, nb::c_contig>;
using Floats = nb::ndarray<const double, nb::ndim<1>, nb::c_contig>;
using BoolTable = nb::ndarray<const bool, nb::ndim<2>, nb::c_contig>;
using FloatTable = nb::ndarray<const double, nb::ndim<2>, nb::c_contig>;

template <class T> View<const T> view(const nb::ndarray<const T, nb::ndim<1>, nb::c_contig> &array) {
    return {array.data(), static_cast<Index>(array.shape(0))};
}

template <class T> Matrix<const T> matrix(const nb::ndarray<const T, nb::ndim<2>, nb::c_contig> &array) {
    return {array.data(), static_cast<Index>(array.shape(0)), static_cast<Index>(array.shape(1))};
}

/// Return a copy as a numpy array.
template <class T> nb::object to_numpy(const T *data, std::initializer_list<std::size_t> shape) {
    return nb::cast(nb::ndarray<nb::numpy, const T>(data, shape), nb::rv_policy::copy);
}

template <class T> nb::object to_numpy(const Table<T> &table) {
    return to_numpy(table.data(), {static_cast<std::size_t>(table.num_rows()),
                                   static_cast<std::size_t>(table.num_columns())});
}

nb::object to_numpy(const std::vector<Index> &values) { return to_numpy(values.data(), {values.size()}); }

SearchParams read_params(nb::handle source) {
    SearchParams params{};
    const auto read = [&](const char *name, auto &field) {
        field = nb::cast<std::remove_reference_t<decltype(field)>>(source.attr(name));
    };
#define READ(name) read(#name, params.name)
    READ(hot_yuan);
    READ(cold_yuan);
    READ(share_of_rebuilds);
    READ(share_of_swaps);
    READ(share_of_reorders);
    READ(work_to_insert);
    READ(most_unchecked);
    READ(work_between_looks);
    READ(cheap_share);
    READ(first_person_yuan);
    READ(last_person_yuan);
    READ(late_days_per_person);
    READ(idle_share);
    READ(fill_yuan_per_km);
    READ(fill_yuan_per_day);
    READ(chance_of_blink);
    READ(most_seen);
    READ(draws_per_cell);
    READ(chance_of_new_batch);
    READ(chance_of_swap);
    READ(many_alike);
    READ(chance_of_shift);
    READ(most_moved);
    READ(most_ruined);
    READ(chance_of_whole_batch);
    READ(chance_for_stranded);
    READ(chance_for_rival);
    READ(chance_of_fill_up);
    READ(most_asked);
    READ(chance_of_skip);
#undef READ
    return params;
}

Market read_market(Reader &reader) {
    Market market;
    market.cells = reader.records<Cell>("cells");
    market.drops = reader.records<Drop>("drops");
    market.pools = reader.records<Pool>("pools");
    market.limits = reader.records<Limits>("limits")[0];
    market.available = reader.matrix<Index>("available");
    market.max_departures = reader.matrix<Index>("max_departures");
    market.max_arrivals = reader.matrix<Index>("max_arrivals");
    market.arrival = reader.matrix<Index>("arrival");
    market.reception = reader.view<Index>("reception");
    market.regime = reader.matrix<Index>("regime");
    market.join = reader.matrix<Index>("join");
    market.usable = reader.matrix<Index>("usable");
    market.least = reader.matrix<Index>("least");
    market.late_days = reader.matrix<double>("late_days");
    market.km = reader.cube<double>("km");
    market.drive_minutes = reader.cube<double>("drive_minutes");
    market.network_of_day = reader.view<Index>("network_of_day");
    market.unit_cell = reader.view<Index>("unit_cell");
    market.near = reader.matrix<Index>("near");
    market.newcomers = reader.view<Index>("newcomers");
    return market;
}

/// A state with the market that it is of, whose arrays Python owns.
struct OwningState {
    OwningState(nb::handle source, Index num_batches)
        : reader(source), market(read_market(reader)), state(market, num_batches) {}

    OwningState(const OwningState &) = delete; // the state refers to the market beside it

    Reader reader;
    Market market;
    State state;
};

/// The moves of the search, one by one.
class Moves {
public:
    Moves(OwningState &owner, nb::handle params, std::uint32_t seed)
        : state_(owner.state), params_(read_params(params)), random_(seed),
          insertion_(state_, params_, random_), exchange_(state_, params_, random_),
          swap_(state_, params_, random_), reorder_(state_, random_), fill_up_(state_, params_, random_),
          rebuild_(state_, params_, random_) {}

    void set_prices(double progress) { returnplan::set_prices(state_, params_, progress); }
    void fill(Ints order) { returnplan::fill(state_, params_, view(order)); }
    void open_as(IntTable start) { returnplan::open_as(state_, matrix(start)); }
    void repair(Ints order) { returnplan::repair(state_, insertion_, view(order)); }
    void insert_rest(Ints order, bool may_idle) {
        returnplan::insert_rest(state_, insertion_, view(order), may_idle ? Idle::ALLOWED : Idle::FORBIDDEN);
    }
    void dissolve_idle() { returnplan::dissolve_idle(state_); }
    bool exchange() { return exchange_.try_one(); }
    bool swap(double most_loss) { return swap_.try_one(most_loss); }
    bool reorder(double most_loss) { return reorder_.try_one(most_loss); }
    Index fill_up(Index unit) { return fill_up_.fill_batch_of(unit); }
    Index rebuild() { return rebuild_.run(); }
    double value_gained() const { return returnplan::value_gained(state_); }
    void keep() { returnplan::keep(state_); }
    void undo() { returnplan::undo(state_); }

private:
    State &state_;
    SearchParams params_;
    Random random_;
    Insertion insertion_;
    Exchange exchange_;
    Swap swap_;
    Reorder reorder_;
    FillUp fill_up_;
    Rebuild rebuild_;
};

void anneal_without_lock(OwningState &owner, nb::handle params, Stint stint, Watch &watch, Ints order,
                         IntTable start, Memory *memory) {
    const SearchParams read = read_params(params);
    const nb::gil_scoped_release release;
    anneal(owner.state, read, stint, watch, view(order), matrix(start), memory);
}

nb::object neighbours(Ints city_group, Ints pickup, Ints dropoff, Ints earliest, Ints latest, FloatTable km,
                      Index most) {
    const Index num_cells = static_cast<Index>(pickup.shape(0));
    Table<Index> near(num_cells, std::min(most, num_cells));
    {
        const nb::gil_scoped_release release;
        find_neighbours({view(city_group), view(pickup), view(dropoff), view(earliest), view(latest)},
                        matrix(km), near.all());
    }
    return to_numpy(near);
}

nb::tuple route(FloatTable km, Ints pickups, Ints dropoffs, double max_pickup_km, double max_dropoff_km) {
    const Route best = best_route(matrix(km), view(pickups), view(dropoffs), max_pickup_km, max_dropoff_km);
    return nb::make_tuple(to_numpy(best.pickups), to_numpy(best.dropoffs));
}

/// Read a market of the bound.
bounding::Market read_relaxed(Reader &reader, nb::handle source) {
    bounding::Market market;
    const Matrix<const Index> items = reader.matrix<Index>("items");
    market.pickup = items.row(0);
    market.dropoff = items.row(1);
    market.seats = items.row(2);
    market.num_groups = reader.view<Index>("num_groups");
    market.num_units = reader.view<Index>("num_units");
    market.earliest = reader.view<Index>("earliest");
    market.latest = reader.view<Index>("latest");
    market.price_of = reader.view<Index>("price_of");
    market.pick_bits = reader.view<Index>("pick_bits");
    market.drop_bits = reader.view<Index>("drop_bits");
    market.usable = reader.view<Index>("usable");
    market.vehicle_yuan = reader.matrix<double>("vehicle_yuan");
    market.pickup_km = reader.matrix<double>("pickup_km");
    market.to_drop_km = reader.matrix<double>("to_drop_km");
    market.from_drop_km = reader.matrix<double>("from_drop_km");
    market.per_km_yuan = reader.view<double>("per_km_yuan");
    market.has_all_sets = nb::cast<bool>(source.attr("has_all_sets"));
    market.stop_cost_yuan = nb::cast<double>(source.attr("stop_cost_yuan"));
    return market;
}

nb::object best_batches(nb::handle source, Floats paid, FloatTable leaving_yuan, double floor) {
    Reader reader(source);
    const bounding::Market market = read_relaxed(reader, source);
    const Index num_days = market.vehicle_yuan.num_columns(),
                num_pickups = bounding::num_stops(market.pick_bits);
    std::vector<bounding::Best> best(num_days * num_pickups, {floor, 0, 0, 0});
    const bounding::Fares fares = bounding::fares_of(market, view(paid), matrix(leaving_yuan));
    bounding::find_best_batches(market, fares, {best.data(), num_days, num_pickups});
    return records_to_numpy(best).attr("reshape")(num_days, num_pickups);
}

nb::object batch_loads(nb::handle source, Floats paid, IntTable batches) {
    Reader reader(source);
    const bounding::Market market = read_relaxed(reader, source);
    const std::size_t num = batches.shape(0), num_items = paid.shape(0);
    std::vector<Index> units(num * num_items, 0);
    {
        const nb::gil_scoped_release release;
        const bounding::Fares fares = bounding::fares_of(market, view(paid), {});
        bounding::Loading loading(market, fares);
        const Matrix<const Index> wanted = matrix(batches);
        for (Index i = 0; i < wanted.num_rows(); ++i)
            loading.load(wanted(i, 0), wanted(i, 1), wanted(i, 2), wanted(i, 3),
                         {units.data() + i * num_items, static_cast<Index>(num_items)});
    }
    return to_numpy(units.data(), {num, num_items});
}

double make_known(bounding::Master &master, nb::handle source, FloatTable rent_yuan, Floats prices) {
    Reader reader(source);
    const bounding::Market market = read_relaxed(reader, source);
    const nb::gil_scoped_release release;
    return bounding::make_known(master, market, matrix(rent_yuan), view(prices));
}

nb::tuple centre(bounding::Master &master, Floats prices, double gap_yuan, FloatTable rent_yuan,
                 Index num_steps, double most_rise) {
    std::vector<double> nearer(prices.data(), prices.data() + prices.shape(0));
    const Matrix<const double> rent = matrix(rent_yuan);
    Table<double> vehicles(rent.num_rows(), rent.num_columns());
    {
        const nb::gil_scoped_release release;
        master.centre({nearer.data(), static_cast<Index>(nearer.size())}, gap_yuan, rent, num_steps,
                      most_rise, {&vehicles(0, 0), rent.num_rows(), rent.num_columns()});
    }
    return nb::make_tuple(to_numpy(nearer.data(), {nearer.size()}), to_numpy(vehicles));
}

/// Return a number of each batch that is known.
nb::object of_batches(const bounding::Master &master, double bounding::Known::*number) {
    std::vector<double> values;
    for (const bounding::Known &batch : master.batches())
        values.push_back(batch.*number);
    return to_numpy(values.data(), {values.size()});
}

nb::object batches(const bounding::Master &master) {
    Table<Index> batches(4, static_cast<Index>(master.batches().size()));
    for (Index b = 0; b < batches.num_columns(); ++b) {
        const bounding::Known &batch = master.batches()[b];
        batches(0, b) = batch.day;
        batches(1, b) = batch.picks;
        batches(2, b) = batch.drops;
        batches(3, b) = batch.pool;
    }
    return to_numpy(batches);
}

nb::object riders(const bounding::Master &master) {
    Table<double> riders(static_cast<Index>(master.batches().size()), master.num_prices());
    for (Index b = 0; b < riders.num_rows(); ++b)
        for (const auto &[price, num] : master.batches()[b].riders)
            riders(b, price) = num;
    return to_numpy(riders);
}

nb::object best_columns(nb::handle source, FloatTable worth, FloatTable vehicle, double a_yuan, double floor,
                        Index most) {
    Reader reader(source);
    columns::Market market;
    market.pickup = reader.view<Index>("pickup");
    market.alights = reader.view<Index>("alights");
    market.persons = reader.view<Index>("persons");
    market.seats = reader.view<Index>("seats");
    market.num_groups = reader.view<Index>("num_groups");
    market.earliest = reader.view<Index>("earliest");
    market.latest = reader.view<Index>("latest");
    market.pick_bits = reader.view<Index>("pick_bits");
    market.drop_bits = reader.view<Index>("drop_bits");
    market.usable = reader.view<Index>("usable");
    market.least = reader.cube<Index>("least");
    market.road_yuan = reader.cube<double>("road_yuan");
    const columns::Prices prices{matrix(worth), matrix(vehicle), a_yuan};
    const std::size_t num_cells = worth.shape(1);
    std::vector<Index> batches, loads;
    {
        const nb::gil_scoped_release release;
        const std::vector<columns::Column> found = columns::best_columns(market, prices, floor, most);
        loads.assign(found.size() * num_cells, 0);
        for (std::size_t i = 0; i < found.size(); ++i) {
            batches.insert(batches.end(), {found[i].day, found[i].picks, found[i].drops, found[i].pool});
            columns::load(market, prices, found[i],
                          {loads.data() + i * num_cells, static_cast<Index>(num_cells)});
        }
    }
    const std::size_t num = batches.size() / 4;
    return nb::make_tuple(to_numpy(batches.data(), {num, 4}), to_numpy(loads.data(), {num, num_cells}));
}

/// Vehicles as sets of stops, with the market that they serve, whose arrays Python owns.
class StopSets {
public:
    StopSets(nb::handle source, Index num_vehicles, std::uint32_t seed)
        : reader_(source), market_(read_market(reader_)), fleet_(market_, num_vehicles), random_(seed) {}

    StopSets(const StopSets &) = delete; // the fleet refers to the market beside it

    void anneal(Index num_moves, double hot_yuan, double cold_yuan, double first_person_yuan,
                double last_person_yuan, double late_days_per_person, bool ends_when_all_ride, Watch &watch) {
        const nb::gil_scoped_release release;
        const stop_sets::Stint stint{num_moves,         hot_yuan,         cold_yuan,
                                     first_person_yuan, last_person_yuan, late_days_per_person,
                                     ends_when_all_ride};
        stop_sets::anneal(fleet_, stint, random_, watch);
    }

    /// Return (vehicle, cell, units) of all who ride.
    nb::object riders() const {
        std::vector<Index> found;
        for (Index number = 0; number < fleet_.num_vehicles(); ++number)
            for (const Index cell : fleet_.vehicle(number).cells)
                if (fleet_.riders(number, cell) > 0)
                    found.insert(found.end(), {number, cell, fleet_.riders(number, cell)});
        return to_numpy(found.data(), {found.size() / 3, 3});
    }

    /// Return day, pick-ups and drop-offs of a vehicle; none of one at home.
    nb::object vehicle(Index number) const {
        const stop_sets::Vehicle &v = fleet_.vehicle(number);
        const auto places = [](const stop_sets::StopSet &stops) {
            return to_numpy(std::vector<Index>(stops.begin(), stops.end()));
        };
        return nb::make_tuple(v.day, places(v.pickups), places(v.dropoffs));
    }

    void set_prices(double person, double late_day) { fleet_.prices = {person, late_day}; }
    Index absent_persons() const { return fleet_.absent_persons(); }
    bool call() { return stop_sets::call(fleet_, random_); }
    bool trade() { return stop_sets::trade(fleet_, random_); }
    bool leave_out_a_stop() { return stop_sets::leave_out_a_stop(fleet_, random_); }
    bool leave_out_all() { return stop_sets::leave_out_all(fleet_, random_); }
    bool another_day() { return stop_sets::another_day(fleet_, random_); }
    void seat_absent() { fleet_.seat_absent(); }
    double value_gained() const { return fleet_.value_gained(); }
    void keep() { fleet_.keep(); }
    void undo() { fleet_.undo(); }

private:
    Reader reader_;
    Market market_;
    stop_sets::Fleet fleet_;
    Random random_;
};

} // namespace

NB_MODULE(_core, module) {
    // A thread that waits for a lost cluster holds its searches until the program ends.
    nb::set_leak_warnings(false);
    module.attr("CELL") = dtype_of<Cell>();
    module.attr("DROP") = dtype_of<Drop>();
    module.attr("POOL") = dtype_of<Pool>();
    module.attr("LIMITS") = dtype_of<Limits>();
    module.attr("BATCH") = dtype_of<Batch>();
    module.attr("SEEN") = dtype_of<Seen>();

    nb::class_<Watch>(module, "Watch")
        .def(nb::init<>())
        .def_prop_rw(
            "time_over", [](const Watch &watch) { return watch.time_over.load(); },
            [](Watch &watch, double share) { watch.time_over = share; })
        .def_prop_rw(
            "work_over", [](const Watch &watch) { return watch.work_over.load(); },
            [](Watch &watch, double share) { watch.work_over = share; })
        .def_prop_rw(
            "work_until", [](const Watch &watch) { return watch.work_until.load(); },
            [](Watch &watch, double share) { watch.work_until = share; })
        .def_prop_rw(
            "yuan", [](const Watch &watch) { return watch.yuan.load(); },
            [](Watch &watch, double yuan) { watch.yuan = yuan; })
        .def_prop_rw(
            "people", [](const Watch &watch) { return watch.people.load(); },
            [](Watch &watch, double people) { watch.people = people; })
        .def_prop_rw(
            "others_yuan", [](const Watch &watch) { return watch.others_yuan.load(); },
            [](Watch &watch, double yuan) { watch.others_yuan = yuan; })
        .def_prop_rw(
            "others_people", [](const Watch &watch) { return watch.others_people.load(); },
            [](Watch &watch, double people) { watch.others_people = people; });

    nb::class_<Memory>(module, "Memory")
        .def(nb::init<Index>(), nb::arg("most"))
        .def_prop_ro("batches", [](const Memory &memory) { return records_to_numpy(memory.batches()); })
        .def_prop_ro("stops", [](const Memory &memory) { return to_numpy(memory.stops()); })
        .def_prop_ro("members", [](const Memory &memory) { return to_numpy(memory.members()); });

    nb::class_<OwningState>(module, "State")
        .def(nb::init<nb::handle, Index>(), nb::arg("market"), nb::arg("num_batches"))
        .def_prop_ro("num_active", [](const OwningState &owner) { return owner.state.num_active; })
        .def_prop_ro("batches",
                     [](const OwningState &owner) { return records_to_numpy(owner.state.batches); })
        .def_prop_ro("picks", [](const OwningState &owner) { return to_numpy(owner.state.picks); })
        .def_prop_ro("picks_persons",
                     [](const OwningState &owner) { return to_numpy(owner.state.picks_persons); })
        .def_prop_ro("drops", [](const OwningState &owner) { return to_numpy(owner.state.drops); })
        .def_prop_ro("drops_persons",
                     [](const OwningState &owner) { return to_numpy(owner.state.drops_persons); })
        .def_prop_ro("members", [](const OwningState &owner) { return to_numpy(owner.state.members); })
        .def_prop_ro("late_days", [](const OwningState &owner) { return to_numpy(owner.state.late_days); })
        .def_prop_ro("batch_of", [](const OwningState &owner) { return to_numpy(owner.state.batch_of); })
        .def_prop_ro("slot_of", [](const OwningState &owner) { return to_numpy(owner.state.slot_of); })
        .def_prop_ro("bench", [](const OwningState &owner) { return to_numpy(owner.state.bench); })
        .def_prop_ro("bench_weight", [](const OwningState &owner) { return owner.state.bench_weight; })
        .def_prop_ro("used", [](const OwningState &owner) { return to_numpy(owner.state.used); })
        .def_prop_ro("departures", [](const OwningState &owner) { return to_numpy(owner.state.departures); })
        .def_prop_ro("arrivals", [](const OwningState &owner) { return to_numpy(owner.state.arrivals); });

    nb::class_<Moves>(module, "Moves")
        .def(nb::init<OwningState &, nb::handle, std::uint32_t>(), nb::arg("state"), nb::arg("params"),
             nb::arg("seed"), nb::keep_alive<1, 2>())
        .def("set_prices", &Moves::set_prices, nb::arg("progress"))
        .def("fill", &Moves::fill, nb::arg("order"))
        .def("open_as", &Moves::open_as, nb::arg("start"))
        .def("repair", &Moves::repair, nb::arg("order"))
        .def("insert_rest", &Moves::insert_rest, nb::arg("order"), nb::arg("may_idle"))
        .def("dissolve_idle", &Moves::dissolve_idle)
        .def("exchange", &Moves::exchange)
        .def("swap", &Moves::swap, nb::arg("most_loss"))
        .def("reorder", &Moves::reorder, nb::arg("most_loss"))
        .def("fill_up", &Moves::fill_up, nb::arg("unit"))
        .def("rebuild", &Moves::rebuild)
        .def("value_gained", &Moves::value_gained)
        .def("keep", &Moves::keep)
        .def("undo", &Moves::undo);

    nb::class_<StopSets>(module, "StopSets")
        .def(nb::init<nb::handle, Index, std::uint32_t>(), nb::arg("market"), nb::arg("num_vehicles"),
             nb::arg("seed"))
        .def("anneal", &StopSets::anneal, nb::arg("num_moves"), nb::arg("hot_yuan"), nb::arg("cold_yuan"),
             nb::arg("first_person_yuan"), nb::arg("last_person_yuan"), nb::arg("late_days_per_person"),
             nb::arg("ends_when_all_ride"), nb::arg("watch"))
        .def_prop_ro("riders", &StopSets::riders)
        .def_prop_ro("absent_persons", &StopSets::absent_persons)
        .def("vehicle", &StopSets::vehicle, nb::arg("number"))
        .def("set_prices", &StopSets::set_prices, nb::arg("person"), nb::arg("late_day"))
        .def("call", &StopSets::call)
        .def("trade", &StopSets::trade)
        .def("leave_out_a_stop", &StopSets::leave_out_a_stop)
        .def("leave_out_all", &StopSets::leave_out_all)
        .def("another_day", &StopSets::another_day)
        .def("seat_absent", &StopSets::seat_absent)
        .def("value_gained", &StopSets::value_gained)
        .def("keep", &StopSets::keep)
        .def("undo", &StopSets::undo);

    nb::class_<bounding::Master>(module, "Master")
        .def(
            "__init__",
            [](bounding::Master *master, Floats num_groups, Floats most_yuan) {
                new (master) bounding::Master(view(num_groups), view(most_yuan));
            },
            nb::arg("num_groups"), nb::arg("most_yuan"))
        .def("__len__", [](const bounding::Master &master) { return master.batches().size(); })
        .def_prop_ro("batches", &batches)
        .def_prop_ro("riders", &riders)
        .def_prop_ro(
            "cost_yuan",
            [](const bounding::Master &master) { return of_batches(master, &bounding::Known::cost_yuan); })
        .def_prop_ro(
            "times",
            [](const bounding::Master &master) { return of_batches(master, &bounding::Known::times); })
        .def("most_run",
             [](const bounding::Master &master) {
                 const Index most = master.most_run();
                 const bounding::Known &batch = master.batches()[most];
                 return nb::make_tuple(most, batch.times, batch.day, batch.picks, batch.drops, batch.pool);
             })
        .def("forget", &bounding::Master::forget, nb::arg("batch"))
        .def("make_known", &make_known, nb::arg("market"), nb::arg("rent_yuan"), nb::arg("prices"))
        .def(
            "demand",
            [](bounding::Master &master, BoolTable days, FloatTable counts, Floats fewest) {
                master.demand(matrix(days), matrix(counts), view(fewest));
            },
            nb::arg("days"), nb::arg("counts"), nb::arg("fewest"))
        .def(
            "paid_yuan",
            [](const bounding::Master &master, Floats prices) { return master.paid_yuan(view(prices)); },
            nb::arg("prices"))
        .def("centre", &centre, nb::arg("prices"), nb::arg("gap_yuan"), nb::arg("rent_yuan"),
             nb::arg("num_steps"), nb::arg("most_rise") = std::numeric_limits<double>::infinity())
        .def(
            "keep", [](bounding::Master &master, Ints which) { master.keep(view(which)); }, nb::arg("which"))
        .def(
            "shrink",
            [](bounding::Master &master, Ints pays, Floats num_groups) {
                master.shrink(view(pays), view(num_groups));
            },
            nb::arg("pays"), nb::arg("num_groups"));

    module.def(
        "anneal",
        [](OwningState &owner, nb::handle params, Index work, std::uint32_t seed, Watch &watch, Ints order,
           IntTable start,
           Memory *memory) { anneal_without_lock(owner, params, {work, seed}, watch, order, start, memory); },
        nb::arg("state"), nb::arg("params"), nb::arg("work"), nb::arg("seed"), nb::arg("watch"),
        nb::arg("order"), nb::arg("start"), nb::arg("memory").none() = nb::none());
    module.def("neighbours", &neighbours, nb::arg("city_group"), nb::arg("pickup"), nb::arg("dropoff"),
               nb::arg("earliest"), nb::arg("latest"), nb::arg("km"), nb::arg("most"));
    module.def("best_route", &route, nb::arg("km"), nb::arg("pickups"), nb::arg("dropoffs"),
               nb::arg("max_pickup_km"), nb::arg("max_dropoff_km"));
    module.def("best_batches", &best_batches, nb::arg("market"), nb::arg("paid"), nb::arg("leaving_yuan"),
               nb::arg("floor"));
    module.def("batch_loads", &batch_loads, nb::arg("market"), nb::arg("paid"), nb::arg("batches"));
    module.def("best_columns", &best_columns, nb::arg("market"), nb::arg("worth"), nb::arg("vehicle"),
               nb::arg("a_yuan"), nb::arg("floor"), nb::arg("most"));
}

} // namespace returnplan
