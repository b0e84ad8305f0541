/// Records that C++ and numpy share: numpy is told their names and offsets, so that each is written down
/// once.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "arrays.h"
#include "bounding/pricing.h"
#include "market.h"
#include "memory.h"
#include "state.h"

namespace returnplan {

namespace nb = nanobind;

struct Field {
    const char *name;
    const char *format;
    std::size_t offset;
};

template <class T> constexpr const char *numpy_format() {
    if constexpr (std::is_same_v<T, bool>)
        return "?";
    else if constexpr (std::is_same_v<T, double>)
        return "f8";
    else {
        static_assert(std::is_same_v<T, Index>);
        return "i8";
    }
}

#define FIELD(Record, name)                                                                                  \
    Field { #name, numpy_format<decltype(Record::name)>(), offsetof(Record, name) }

/// The fields of a record, all of them.
template <class Record> std::vector<Field> fields();

template <> inline std::vector<Field> fields<Cell>() {
    return {
        FIELD(Cell, pickup),     FIELD(Cell, prefecture),   FIELD(Cell, county),
        FIELD(Cell, city_group), FIELD(Cell, city),         FIELD(Cell, earliest),
        FIELD(Cell, latest),     FIELD(Cell, persons),      FIELD(Cell, seats),
        FIELD(Cell, previous),   FIELD(Cell, previous_day), FIELD(Cell, previous_pool),
        FIELD(Cell, drop_first), FIELD(Cell, drop_end),     FIELD(Cell, first_unit),
        FIELD(Cell, end_unit),   FIELD(Cell, weight),       FIELD(Cell, move_yuan),
        FIELD(Cell, alone_yuan), FIELD(Cell, goal),
    };
}

template <> inline std::vector<Field> fields<Drop>() { return {FIELD(Drop, place), FIELD(Drop, persons)}; }

template <> inline std::vector<Field> fields<Pool>() {
    return {
        FIELD(Pool, usable),     FIELD(Pool, min_load),    FIELD(Pool, base), FIELD(Pool, turnaround_days),
        FIELD(Pool, fixed_yuan), FIELD(Pool, per_km_yuan), FIELD(Pool, goal),
    };
}

template <> inline std::vector<Field> fields<Limits>() {
    return {
        FIELD(Limits, max_pickups),    FIELD(Limits, max_dropoffs),      FIELD(Limits, most_usable),
        FIELD(Limits, mix_counties),   FIELD(Limits, has_previous),      FIELD(Limits, days_differ),
        FIELD(Limits, has_caps),       FIELD(Limits, max_pickup_km),     FIELD(Limits, max_dropoff_km),
        FIELD(Limits, stop_cost_yuan), FIELD(Limits, max_yuan_per_head), FIELD(Limits, minutes_per_km),
        FIELD(Limits, dwell_minutes),  FIELD(Limits, boarding_minutes),  FIELD(Limits, short_km),
        FIELD(Limits, most_km),        FIELD(Limits, late_day_yuan),     FIELD(Limits, has_drive_minutes),
    };
}

template <> inline std::vector<Field> fields<Batch>() {
    return {
        FIELD(Batch, day),         FIELD(Batch, first),         FIELD(Batch, last),
        FIELD(Batch, pool),        FIELD(Batch, prefecture),    FIELD(Batch, county),
        FIELD(Batch, city_group),  FIELD(Batch, city),          FIELD(Batch, persons),
        FIELD(Batch, seats),       FIELD(Batch, num_picks),     FIELD(Batch, num_drops),
        FIELD(Batch, num_members), FIELD(Batch, is_touched),    FIELD(Batch, is_held),
        FIELD(Batch, km),          FIELD(Batch, pick_km),       FIELD(Batch, drop_km),
        FIELD(Batch, weight),      FIELD(Batch, move_yuan),     FIELD(Batch, value),
        FIELD(Batch, goal),        FIELD(Batch, drive_minutes), FIELD(Batch, vehicle_yuan),
    };
}

template <> inline std::vector<Field> fields<Seen>() {
    return {
        FIELD(Seen, day),         FIELD(Seen, pool),       FIELD(Seen, num_picks),    FIELD(Seen, num_drops),
        FIELD(Seen, num_members), FIELD(Seen, first_stop), FIELD(Seen, first_member), FIELD(Seen, yuan),
    };
}

template <> inline std::vector<Field> fields<bounding::Best>() {
    return {
        FIELD(bounding::Best, ratio),
        FIELD(bounding::Best, picks),
        FIELD(bounding::Best, drops),
        FIELD(bounding::Best, pool),
    };
}

#undef FIELD

/// Return numpy's description of a record.
template <class Record> nb::object dtype_of() {
    nb::list names, formats, offsets;
    for (const Field &field : fields<Record>()) {
        names.append(field.name);
        formats.append(field.format);
        offsets.append(field.offset);
    }
    nb::dict layout;
    layout["names"] = names;
    layout["formats"] = formats;
    layout["offsets"] = offsets;
    layout["itemsize"] = sizeof(Record);
    return nb::module_::import_("numpy").attr("dtype")(layout);
}

/// Return a copy of some records as a numpy array.
template <class Record> nb::object records_to_numpy(const std::vector<Record> &records) {
    const nb::bytes bytes(records.data(), records.size() * sizeof(Record));
    return nb::module_::import_("numpy").attr("frombuffer")(bytes, dtype_of<Record>());
}

/// Reads arrays from the attributes of a Python object, and keeps them alive; a wrong shape or type raises.
class Reader {
public:
    explicit Reader(nb::handle source) : source_(nb::borrow(source)) {}

    template <class Record> View<const Record> records(const char *name) {
        const nb::object array = source_.attr(name);
        if (!array.attr("dtype").equal(dtype_of<Record>()))
            throw nb::type_error((std::string(name) + " must be an array of the records of _core").c_str());
        const auto bytes =
            own<nb::ndarray<const std::uint8_t, nb::ndim<1>, nb::c_contig>>(array.attr("view")("u1"));
        return {reinterpret_cast<const Record *>(bytes.data()),
                static_cast<Index>(bytes.size() / sizeof(Record))};
    }

    template <class T> View<const T> view(const char *name) {
        const auto array = own<nb::ndarray<const T, nb::ndim<1>, nb::c_contig>>(source_.attr(name));
        return {array.data(), size(array, 0)};
    }

    template <class T> Matrix<const T> matrix(const char *name) {
        const auto array = own<nb::ndarray<const T, nb::ndim<2>, nb::c_contig>>(source_.attr(name));
        return {array.data(), size(array, 0), size(array, 1)};
    }

    template <class T> Cube<const T> cube(const char *name) {
        const auto array = own<nb::ndarray<const T, nb::ndim<3>, nb::c_contig>>(source_.attr(name));
        return {array.data(), size(array, 0), size(array, 1), size(array, 2)};
    }

private:
    template <class Array> static Index size(const Array &array, std::size_t axis) {
        return static_cast<Index>(array.shape(axis));
    }

    /// Return the array, perhaps copied to be in order, and keep it.
    template <class Array> Array own(nb::handle array) {
        const Array cast = nb::cast<Array>(array);
        owned_.push_back(nb::ndarray<>(cast));
        return cast;
    }

    nb::object source_;
    std::vector<nb::ndarray<>> owned_;
};

} // namespace returnplan
