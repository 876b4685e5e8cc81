"""COM objects whose members are methods of a Python class: `get_`, `put_` and `do_` and the member's name.

Excel's objects carry type information, by which pywin32 knows the names of arguments and xlwings a Range. It is made
here from those methods, for objects that are `typed`: where it is not needed it would only cost time, as every look
into it is one more call between processes.
"""

# mypy: ignore-errors
# Runs under Windows only.
import inspect
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pythoncom
import pywintypes
import winerror
from win32com.server import util
from win32com.server.exception import COMException
from win32com.server.policy import BasicWrapPolicy

_WIN64, _LEFT_OUT = 3, -2147352572
_KINDS = {"get": pythoncom.INVOKE_PROPERTYGET, "put": pythoncom.INVOKE_PROPERTYPUT, "do": pythoncom.INVOKE_FUNC}
_FLAGS = {
    "get": pythoncom.DISPATCH_PROPERTYGET | pythoncom.DISPATCH_METHOD,  # with arguments it looks like a method
    "put": pythoncom.DISPATCH_PROPERTYPUT,
    "do": pythoncom.DISPATCH_METHOD,
}
_FIXED = {"_Default": pythoncom.DISPID_VALUE, "_NewEnum": pythoncom.DISPID_NEWENUM}
_ANY = (pythoncom.VT_VARIANT, 0, None)
_IN, _OPTIONAL = 1, 16


asked = Counter()  # how often each member was asked for


class Played:
    """A COM object; `IID` is the identifier of Excel's interface of that name."""

    IID = ""

    def typed(self):
        """Whether it carries type information."""
        return False


def shown(thing):
    """A COM object for others: what VBA would hold."""
    return util.wrap(thing, usePolicy=_Policy)


def listed(things):
    """A collection's enumerator."""
    return util.NewEnum([shown(thing) for thing in things])


def behind(dispatch):
    """The Python object of one of ours."""
    return pythoncom.UnwrapObject(dispatch)._obj_


class _Policy(BasicWrapPolicy):
    def _GetTypeInfoCount_(self):
        return int(self._obj_.typed())

    def _GetTypeInfo_(self, _index, _lcid):
        if not self._obj_.typed():
            raise COMException("no type information", winerror.DISP_E_BADINDEX)
        return 0, _type_information(type(self._obj_))

    def _getdispid_(self, name, _):
        for member, number in _numbers(type(self._obj_)).items():
            if member.lower() == name.lower():
                return number
        raise COMException(f"{type(self._obj_).__name__} has no {name} here", winerror.DISP_E_UNKNOWNNAME)

    def _invoke_(self, dispid, lcid, flags, arguments):
        return winerror.S_OK, -1, self._invokeex_(dispid, lcid, flags, arguments, None, None)

    def _invokeex_(self, dispid, _lcid, flags, arguments, _named, _provider):
        asked[type(self._obj_).__name__, dispid] += 1
        for kind, flag in _FLAGS.items():
            name, needed = _called(type(self._obj_)).get((kind, dispid), (None, 0))
            if name and flags & flag:
                run = getattr(self._obj_, name)
                given = [None if argument == _LEFT_OUT else argument for argument in arguments]
                if len(given) < needed:
                    raise COMException("too few arguments", winerror.DISP_E_BADPARAMCOUNT)
                answer = run(*(behind(one) if isinstance(one, _DISPATCH) else one for one in given))
                if isinstance(answer, Played):
                    return shown(answer)
                return list(answer) if isinstance(answer, tuple) else answer  # a tuple would be several answers
        raise COMException("a member that is not called so", winerror.DISP_E_MEMBERNOTFOUND)


_DISPATCH = pythoncom.TypeIIDs[pythoncom.IID_IDispatch]


@cache
def _members(played):
    """Each method with its kind, its member's name and its parameters."""
    found = []
    for name, method in inspect.getmembers(played, inspect.isfunction):
        kind, _, member = name.partition("_")
        if kind in _KINDS:
            found.append((kind, member, list(inspect.signature(method).parameters.values())[1:]))
    return found


@cache
def _called(played):
    """The methods by kind and number, with how many arguments each needs."""
    numbers = _numbers(played)
    return {
        (kind, numbers[member]): (f"{kind}_{member}", sum(one.default is one.empty for one in parameters))
        for kind, member, parameters in _members(played)
    }


@cache
def _numbers(played):
    names = sorted({member for _, member, _ in _members(played)})
    return {name: _FIXED.get(name, number) for number, name in enumerate(names, 100)}


@cache
def _type_information(played):
    place = Path(tempfile.mkdtemp()) / f"{played.__name__}.tlb"
    library = pythoncom.CreateTypeLib2(_WIN64, str(place))
    made = library.CreateTypeInfo(played.__name__, pythoncom.TKIND_DISPATCH)
    made.SetGuid(pywintypes.IID(played.IID))
    numbers = _numbers(played)
    for place_of, (kind, member, parameters) in enumerate(_members(played)):
        described = pythoncom.FUNCDESC()
        described.memid, described.invkind = numbers[member], _KINDS[kind]
        described.funckind, described.callconv = pythoncom.FUNC_DISPATCH, 4
        described.rettype = _ANY
        optional = [parameter.default is not parameter.empty for parameter in parameters]
        described.args = [(pythoncom.VT_VARIANT, _IN | _OPTIONAL * free, None) for free in optional]
        described.cParamsOpt = sum(optional)
        made.AddFuncDesc(place_of, described)
        names = [parameter.name for parameter in parameters]
        made.SetFuncAndParamNames(place_of, (member, *(names[:-1] if kind == "put" else names)))  # a value has none
    made.LayOut()
    library.SaveAllChanges()
    return pythoncom.LoadTypeLib(str(place)).GetTypeInfo(0)
