"""What LibreOffice loads: its side of the worksheet functions, of the buttons, and of what follows loading a document.

Only the bridge stands here; what is computed is in `jixiao`, which lies beside this file with everything it needs.
This file itself is read by any Python 3 that a LibreOffice brings, so that it can say when that one is too old.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

import unohelper
from com.sun.star.awt.MessageBoxButtons import BUTTONS_OK
from com.sun.star.awt.MessageBoxType import INFOBOX, WARNINGBOX
from com.sun.star.frame import FeatureStateEvent, XDispatch, XDispatchProvider, XDispatchProviderInterceptor
from com.sun.star.lang import Locale, XInitialization, XServiceInfo, XServiceName
from com.sun.star.sheet import XAddIn
from com.sun.star.task import XJob
from jixiaocalc import XFunctions

NEEDED = (3, 11)
PROTOCOL = "cn.jixiao.calc.button:"
SAVE = ".uno:Save"
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
RESULTS = "考核结果"  # the sheet that makes a workbook ours
EXCEL_FILES = (".xlsm", ".xlsx")
TITLE = "绩效考核"
TOO_OLD = "LibreOffice 自带的 Python 是 {}，绩效考核要 {} 以上，请换用新版的 LibreOffice。"
NO_MATCH = "这个绩效考核扩展不是给这台电脑上的 LibreOffice 用的，请换用对应版本的扩展。"
NOT_SAVED = "没有保存，以免丢掉 Excel 里的宏和按钮，改动请先另存为 .ods 文件：{}"
FAULT = "扩展出错，请联系维护人员。"
HERE = Path(__file__).resolve().parent
HELP = json.loads((HERE / "functions.json").read_text(encoding="utf-8"))


class UnusableError(Exception):
    """`jixiao` cannot run here; its text is the sentence that says why."""


def load(module):
    """A module of `jixiao.calc`; UnusableError when this Python is too old, ImportError when it is another one."""
    if sys.version_info < NEEDED:
        raise UnusableError(
            TOO_OLD.format(*(".".join(map(str, version)) for version in (sys.version_info[:3], NEEDED)))
        )
    libraries = str(HERE / "python")
    if libraries not in sys.path:
        # First, so that no other extension's older library comes before what is tested together.
        sys.path.insert(0, libraries)
        # Ours are short sums: more threads than one cost memory for nothing.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    name = "jixiao.calc." + module
    __import__(name)
    return sys.modules[name]


def ask(module, question, *given):
    """What a function of a module of `jixiao.calc` answers; UnusableError as for `load`."""
    try:
        return getattr(load(module), question)(*given)
    except ImportError as error:  # also from within: most is loaded only when it is needed
        raise UnusableError(NO_MATCH) from error


class Service(unohelper.Base, XServiceInfo):
    """A service by its name; UNO's own names in the rest of this file."""

    NAME = ""
    ALSO = ()

    def getImplementationName(self):
        return self.NAME

    def getSupportedServiceNames(self):
        return (self.NAME, *self.ALSO)

    def supportsService(self, name):
        return name in self.getSupportedServiceNames()


class Functions(Service, XFunctions, XAddIn, XServiceName):
    """The worksheet functions and their help; a method for each function is added below."""

    NAME = "cn.jixiao.calc.Functions"
    ALSO = ("com.sun.star.sheet.AddIn",)

    def __init__(self, context):
        self.locale = Locale("zh", "CN", "")

    def getServiceName(self):
        return self.NAME

    def setLocale(self, locale):
        self.locale = locale

    def getLocale(self):
        return self.locale

    def getProgrammaticFuntionName(self, shown):  # the interface spells it so
        return shown if shown in HELP else ""

    def getDisplayFunctionName(self, name):
        return name

    def getFunctionDescription(self, name):
        return HELP[name]["help"] if name in HELP else ""

    def getDisplayArgumentName(self, name, place):
        return self.argument(name, place, 0)

    def getArgumentDescription(self, name, place):
        return self.argument(name, place, 1)

    def getProgrammaticCategoryName(self, name):
        return "Add-In"

    def getDisplayCategoryName(self, name):
        return TITLE

    def argument(self, name, place, part):
        """LibreOffice counts the caller's document as an argument, which comes before those of a formula."""
        known = HELP.get(name, {"caller": False, "arguments": ()})
        place -= known["caller"]
        return known["arguments"][place][part] if 0 <= place < len(known["arguments"]) else ""


def function(name):
    """The method that answers one function."""

    def call(self, *arguments):
        caller, arguments = (arguments[0], arguments[1:]) if HELP[name]["caller"] else (None, arguments)
        try:
            found = ask("functions", "answer", name, caller, arguments)
        except UnusableError as reason:
            found = "#绩效:" + str(reason)
        return found if isinstance(found, tuple) else ((found,),)

    return call


for known in HELP:
    setattr(Functions, known, function(known))


def tell(context, frame, sentence, wrong):
    """A message box over a window, where there is something to say."""
    if not sentence:
        return
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    kind = WARNINGBOX if wrong else INFOBOX
    box = toolkit.createMessageBox(frame.getContainerWindow(), kind, BUTTONS_OK, TITLE, sentence)
    box.execute()
    box.dispose()


class Buttons(Service, XInitialization, XDispatchProvider, XDispatch):
    """Menu and toolbar: each address is a button, pressed on the document of its own window."""

    NAME = "cn.jixiao.calc.Buttons"
    ALSO = ("com.sun.star.frame.ProtocolHandler",)

    def __init__(self, context):
        self.context = context
        self.frame = None

    def initialize(self, given):
        self.frame = given[0] if given else None

    def queryDispatch(self, url, target, flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    def dispatch(self, url, given):
        document = self.frame.getController().getModel()
        try:
            sentence, wrong = ask("buttons", "pressed", url.Path, self.context, document)
        except UnusableError as reason:
            sentence, wrong = str(reason), True
        tell(self.context, self.frame, sentence, wrong)

    def addStatusListener(self, listener, url):
        state = FeatureStateEvent()
        state.FeatureURL, state.IsEnabled, state.Source = url, True, self
        listener.statusChanged(state)

    def removeStatusListener(self, listener, url):
        pass


def ours(document):
    """Whether a document is a workbook that the buttons work on."""
    return document.supportsService(SPREADSHEET) and document.getSheets().hasByName(RESULTS)


class OwnSave(unohelper.Base, XDispatch):
    """LibreOffice's 保存 of one window, which asks first whether ours has to do it."""

    def __init__(self, context, frame, original):
        self.context = context
        self.frame = frame
        self.original = original

    def dispatch(self, url, given):
        document = self.frame.getController().getModel()
        # Asked here, so that no other document depends on what can fail.
        answer = self.saved(document) if ours(document) else None
        if answer is None:
            self.original.dispatch(url, given)
        else:
            tell(self.context, self.frame, *answer)

    def saved(self, document):
        """What is told instead of LibreOffice's own saving; None where that is to save."""
        try:
            return ask("buttons", "saved_instead", self.context, document)
        except UnusableError as unusable:
            reason = str(unusable)
        except Exception:  # noqa: BLE001 - whatever it is, neither the save nor the macros may vanish without a word
            reason = FAULT
        excel = document.getURL().lower().endswith(EXCEL_FILES)
        return (NOT_SAVED.format(reason), True) if excel else None

    def addStatusListener(self, listener, url):
        self.original.addStatusListener(listener, url)

    def removeStatusListener(self, listener, url):
        self.original.removeStatusListener(listener, url)


class SaveCatcher(unohelper.Base, XDispatchProviderInterceptor):
    """Stands before a window's commands and lets all but 保存 pass."""

    def __init__(self, context, frame):
        self.context = context
        self.frame = frame
        self.slave = self.master = None

    def getSlaveDispatchProvider(self):
        return self.slave

    def setSlaveDispatchProvider(self, provider):
        self.slave = provider

    def getMasterDispatchProvider(self):
        return self.master

    def setMasterDispatchProvider(self, provider):
        self.master = provider

    def queryDispatch(self, url, target, flags):
        found = self.slave.queryDispatch(url, target, flags) if self.slave else None
        return OwnSave(self.context, self.frame, found) if found and url.Complete == SAVE else found

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)


def spreadsheet(given):
    """The document a job is about, None where it is none of Calc's."""
    environment = next((each.Value for each in given if each.Name == "Environment"), ())
    document = next((each.Value for each in environment if each.Name == "Model"), None)
    return document if document is not None and document.supportsService(SPREADSHEET) else None


class Saving(Service, XJob):
    """Looks at each window when it has been made."""

    NAME = "cn.jixiao.calc.Saving"
    ALSO = ("com.sun.star.task.Job",)

    def __init__(self, context):
        self.context = context

    def execute(self, given):
        document = spreadsheet(given)
        if document is not None and document.getCurrentController() is not None:
            frame = document.getCurrentController().getFrame()
            frame.registerDispatchProviderInterceptor(SaveCatcher(self.context, frame))


class Binding(Service, XJob):
    """Looks at each document when it has been opened."""

    NAME = "cn.jixiao.calc.Binding"
    ALSO = ("com.sun.star.task.Job",)

    def __init__(self, context):
        pass

    def execute(self, given):
        document = spreadsheet(given)
        if document is not None:
            with suppress(UnusableError):  # a formula or a button says why
                ask("binding", "bind_loaded", document)


g_ImplementationHelper = unohelper.ImplementationHelper()
for service in (Functions, Buttons, Saving, Binding):
    g_ImplementationHelper.addImplementation(service, service.NAME, (service.NAME, *service.ALSO))
