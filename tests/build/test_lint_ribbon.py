"""Faults planted into the ribbon tab and the macros behind it."""

from .plants import RIBBON, Plant, Plants, changed, each_of, in_module, planted, with_module, without

A_TAB = '<tab id="jxMore" label="更多" keytip="{}"/></tabs>'

PLANTS: Plants = [
    ("no ribbon", lambda content: content.pop(RIBBON), "there is no ribbon"),
    ("no relation", changed("_rels/.rels", "/ui/extensibility", "/ui/other"), "no relation leads"),
    ("an id twice", changed(RIBBON, 'id="jxGuide"', 'id="jxCheck"'), "id jxCheck stands 2 times"),
    ("a key tip twice", changed(RIBBON, 'keytip="H"', 'keytip="C"'), "keytip C stands 2 times"),
    ("a key tip twice, once small", changed(RIBBON, 'keytip="H"', 'keytip="c"'), "keytip C stands 2 times"),
    ("two tabs with a key tip", changed(RIBBON, "</tabs>", A_TAB.format("jx")), "keytip JX stands 2 times"),
    ("an unknown icon", changed(RIBBON, 'imageMso="Help"', 'imageMso="Halp"'), "no icon Halp"),
    ("label and getLabel", changed(RIBBON, "label=", 'getLabel="JxTabVisible" label='), "label and getLabel"),
    (
        "keytip and getKeytip",
        changed(RIBBON, 'keytip="H"', 'keytip="H" getKeytip="JxTabVisible"'),
        "jxGuide: keytip and getKeytip",
    ),
    (
        "an icon and a macro that gives one",
        changed(RIBBON, 'imageMso="Help"', 'imageMso="Help" getImage="JxTabVisible"'),
        "jxGuide: imageMso and getImage",
    ),
    ("an English label", changed(RIBBON, 'label="使用说明"', 'label="Guide"'), "label is not Chinese"),
    (
        "a label too long",
        changed(RIBBON, 'label="使用说明"', f'label="{"长" * 33}"'),
        "label is not Chinese or too long",
    ),
    (
        "a tip too long",
        changed(RIBBON, 'supertip="', 'supertip="' + "长" * 1025),
        "supertip is not Chinese or too long",
    ),
    ("an English tip", changed(RIBBON, 'screentip="使用说明"', 'screentip="Guide"'), "screentip is not Chinese"),
    ("a tab without a key tip", changed(RIBBON, ' keytip="JX"', ""), "jxTab: no keytip"),
    ("a tab without a label", changed(RIBBON, ' label="绩效考核"', ""), "jxTab: no label"),
    ("a group without a label", changed(RIBBON, ' label="填报"', ""), "jxFill: no label"),
    *(
        (f"a button without its {attribute}", without(attribute), f"jxGuide: no {attribute}")
        for attribute in ("label", "imageMso", "keytip", "screentip", "supertip")
    ),
    ("a button without a macro", without("onAction"), "jxGuide: a button that does nothing"),
    ("a macro that is not there", changed(RIBBON, 'onAction="JxPress"', 'onAction="JxPres"'), "no macro JxPres"),
    (
        "a macro that no ribbon sees",
        in_module("JxRibbon", "Public Sub JxPress", "Private Sub JxPress"),
        "no macro JxPress for onAction",
    ),
    (
        "an event of another kind of button",
        changed(RIBBON, 'onAction="JxPress"', 'onAction="JxPress" onChange="JxPress"'),
        "jxGuide: what Excel hands to onChange of a button is not known here",
    ),
    ("a macro with other parameters", changed(RIBBON, 'onAction="JxPress"', 'onAction="JxTabVisible"'), "must take 1"),
    (
        "an answer without a place for it",
        changed(RIBBON, 'getVisible="JxTabVisible"', 'getVisible="JxPress"'),
        "jxTab: JxPress must take 2 parameters",
    ),
    ("a function behind a button", changed(RIBBON, 'onAction="JxPress"', 'onAction="JIXIAO_RANK"'), "must be a Sub"),
    (
        "a parameter of another type",
        in_module("JxRibbon", "JxPress(control As Object)", "JxPress(control As String)"),
        "JxPress must take control as Object",
    ),
    (
        "a type of Office, without the reference it needs",
        in_module("JxRibbon", "JxLoaded(ui As Object)", "JxLoaded(ui As IRibbonUI)"),
        "JxLoaded must take ui as Object",
    ),
    (
        "an answer that nobody gets",
        in_module("JxRibbon", "ByRef visible As Variant", "ByVal visible As Variant"),
        "JxTabVisible must take visible ByRef",
    ),
    ("a tag that is missing", without("tag"), "jxGuide: no tag for JxPress to read"),
    ("a tag without an action", changed(RIBBON, 'tag="guide"', 'tag="guid"'), "jixiao.macros has no action guid"),
]


@each_of(PLANTS)
def test_a_planted_fault_is_found(plant: Plant, says: str) -> None:
    found = planted(plant)
    assert any(says in fault for fault in found), found


def test_a_module_that_cannot_be_read_leaves_its_macros_unknown() -> None:
    assert "jxGuide: no macro JxPress for onAction" in planted(with_module("JxRibbon", "Public Sub JxPress("))
