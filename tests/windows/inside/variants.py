"""COM calls made by hand, as Excel's VBA makes them: every cell its own VARIANT, ranges two-dimensional SAFEARRAYs.

pywin32 would do most of it, but cannot pass an error value, and folds arrays of arrays into one. In JSON a value is
null, a truth value, a number or a text; anything else is one key with its meaning: "date", "error", "rows" (a block of
cells), "list" (VBA's Array), "object" (a place in `objects`), "missing" and "nothing".
"""

# mypy: ignore-errors
# Runs under Windows only, where ctypes has more.
import ctypes
import datetime as dt
from ctypes import wintypes

EMPTY, NULL, I2, I4, R4, R8, DATE, BSTR, DISPATCH, ERROR, BOOL, VARIANT_TYPE, I8 = (
    0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 20,
)  # fmt: skip
ARRAY = 0x2000
_MISSING = 0x80020004
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no zone
_METHOD, _GET = 1, 2

_ole = ctypes.WinDLL("oleaut32")
_ole.SysAllocString.restype = ctypes.c_void_p
_ole.SysAllocString.argtypes = [ctypes.c_wchar_p]
_ole.SafeArrayCreate.restype = ctypes.c_void_p


class _Cell(ctypes.Union):
    _fields_ = [
        ("long", ctypes.c_long),
        ("short", ctypes.c_short),
        ("float", ctypes.c_float),
        ("double", ctypes.c_double),
        ("scode", ctypes.c_ulong),
        ("large", ctypes.c_longlong),
        ("pointer", ctypes.c_void_p),
    ]


class Variant(ctypes.Structure):
    """16 bytes of type and value, and a pointer's worth that only records use."""

    _anonymous_ = ("cell",)
    _fields_ = [("vt", ctypes.c_ushort), ("rest", ctypes.c_ushort * 3), ("cell", _Cell), ("more", ctypes.c_void_p)]


class _Bound(ctypes.Structure):
    _fields_ = [("count", ctypes.c_ulong), ("first", ctypes.c_long)]


class _Parameters(ctypes.Structure):
    _fields_ = [
        ("values", ctypes.POINTER(Variant)),
        ("names", ctypes.c_void_p),
        ("count", ctypes.c_uint),
        ("named", ctypes.c_uint),
    ]


class _Fault(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("reserved", ctypes.c_ushort),
        ("source", ctypes.c_void_p),
        ("description", ctypes.c_void_p),
        ("help", ctypes.c_void_p),
        ("context", ctypes.c_ulong),
        ("reserved2", ctypes.c_void_p),
        ("later", ctypes.c_void_p),
        ("scode", ctypes.c_long),
    ]


_ANY = ctypes.c_void_p
_IDS_OF_NAMES = ctypes.WINFUNCTYPE(ctypes.c_long, _ANY, _ANY, _ANY, ctypes.c_uint, wintypes.LCID, _ANY)
_INVOKE = ctypes.WINFUNCTYPE(
    ctypes.c_long, _ANY, ctypes.c_long, _ANY, wintypes.LCID, wintypes.WORD, _ANY, _ANY, _ANY, _ANY
)


class ComError(Exception):
    """What VBA would find in Err.Description."""


def fill(variant, value, objects):
    """Put a value from JSON into a VARIANT."""
    if value is None:
        variant.vt = EMPTY
    elif isinstance(value, bool):
        variant.vt, variant.short = BOOL, -value
    elif isinstance(value, int | float):
        variant.vt, variant.double = R8, value
    elif isinstance(value, str):
        variant.vt, variant.pointer = BSTR, _ole.SysAllocString(value)
    else:
        ((kind, content),) = value.items()
        _FILL[kind](variant, content, objects)


def _fill_date(variant, text, _):
    variant.vt = DATE
    variant.double = (dt.datetime.fromisoformat(text) - _DAY_ZERO) / dt.timedelta(days=1)


def _fill_error(variant, code, _):
    variant.vt, variant.scode = ERROR, code & 0xFFFFFFFF


def _fill_missing(variant, _, __):
    variant.vt, variant.scode = ERROR, _MISSING


def _fill_nothing(variant, _, __):
    variant.vt, variant.pointer = DISPATCH, None


def _fill_object(variant, name, objects):
    variant.vt, variant.pointer = DISPATCH, objects(name)


def _fill_rows(variant, rows, objects):
    """A block as Range.Value gives it: two dimensions from 1 on."""
    bounds = (_Bound * 2)(_Bound(len(rows), 1), _Bound(len(rows[0]), 1))
    places = {(i, j): cell for i, row in enumerate(rows, 1) for j, cell in enumerate(row, 1)}
    _fill_array(variant, bounds, places, objects)


def _fill_list(variant, values, objects):
    """VBA's Array: one dimension from 0 on."""
    _fill_array(variant, (_Bound * 1)(_Bound(len(values), 0)), {(i,): value for i, value in enumerate(values)}, objects)


def _fill_array(variant, bounds, places, objects):
    array = _ole.SafeArrayCreate(VARIANT_TYPE, len(bounds), bounds)
    for place, value in places.items():
        cell = Variant()
        fill(cell, value, objects)
        where = (ctypes.c_long * len(place))(*place)
        _ole.SafeArrayPutElement(ctypes.c_void_p(array), where, ctypes.byref(cell))  # a copy
        clear(cell)
    variant.vt, variant.pointer = ARRAY | VARIANT_TYPE, array


_FILL = {
    "date": _fill_date,
    "error": _fill_error,
    "missing": _fill_missing,
    "nothing": _fill_nothing,
    "object": _fill_object,
    "rows": _fill_rows,
    "list": _fill_list,
}


def clear(variant):
    """Free what a VARIANT holds."""
    _ole.VariantClear(ctypes.byref(variant))


def value_of(variant):
    """A VARIANT as JSON; an object as the address of its interface."""
    if variant.vt & ARRAY:
        return _values_of(variant)
    plain = {I2: "short", I4: "long", R4: "float", R8: "double", I8: "large"}
    if variant.vt in plain:
        return getattr(variant, plain[variant.vt])
    if variant.vt in {EMPTY, NULL}:
        return None
    if variant.vt == BOOL:
        return bool(variant.short)
    if variant.vt == BSTR:
        return ctypes.wstring_at(variant.pointer) if variant.pointer else ""
    if variant.vt == DATE:
        return {"date": (_DAY_ZERO + dt.timedelta(days=variant.double)).isoformat()}
    if variant.vt == DISPATCH:
        return {"pointer": variant.pointer}
    raise ComError(f"a VARIANT of type {variant.vt}")


def _values_of(variant):
    array = ctypes.c_void_p(variant.pointer)
    ranges = []
    for dimension in range(1, _ole.SafeArrayGetDim(array) + 1):
        low, high = ctypes.c_long(), ctypes.c_long()
        _ole.SafeArrayGetLBound(array, dimension, ctypes.byref(low))
        _ole.SafeArrayGetUBound(array, dimension, ctypes.byref(high))
        ranges.append(range(low.value, high.value + 1))
    if len(ranges) == 1:
        return {"list": [_element(array, (i,)) for i in ranges[0]]}
    return {"rows": [[_element(array, (i, j)) for j in ranges[1]] for i in ranges[0]]}


def _element(array, place):
    cell = Variant()
    _ole.SafeArrayGetElement(array, (ctypes.c_long * len(place))(*place), ctypes.byref(cell))
    try:
        return value_of(cell)
    finally:
        clear(cell)


def filled(arguments, objects):
    """Arguments as IDispatch takes them: the last one first."""
    values = (Variant * len(arguments))()
    for place, argument in enumerate(reversed(arguments)):
        fill(values[place], argument, objects)
    return values


def invoke(pointer, name, arguments, objects):
    """Call a method by its name; an object in the answer is the caller's to free."""
    values = filled(arguments, objects)
    try:
        result = sent(pointer, name, values)
    finally:
        for value in values:
            clear(value)
    try:
        return value_of(result)
    finally:
        if result.vt != DISPATCH:
            clear(result)


def sent(pointer, name, values):
    """The call itself, to be cleared by the caller; ComError carries what the other side says went wrong."""
    table = ctypes.cast(pointer, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
    no_guid = (ctypes.c_byte * 16)()
    number, names = ctypes.c_long(), (ctypes.c_wchar_p * 1)(name)
    if code := _IDS_OF_NAMES(table[5])(pointer, ctypes.byref(no_guid), names, 1, 0, ctypes.byref(number)):
        raise ComError(f"no {name}: {code & 0xFFFFFFFF:08X}")
    parameters, result, fault = _Parameters(values, None, len(values), 0), Variant(), _Fault()
    told = ctypes.byref(parameters), ctypes.byref(result), ctypes.byref(fault), None
    code = _INVOKE(table[6])(pointer, number, ctypes.byref(no_guid), 0, _METHOD | _GET, *told)
    if code:
        description = ctypes.wstring_at(fault.description) if fault.description else ""
        raise ComError(f"{description} ({code & 0xFFFFFFFF:08X})")
    return result
