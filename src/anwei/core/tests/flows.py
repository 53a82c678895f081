"""A small flow for the tests, and ways to change it."""

from typing import Any

from anwei.core.flow import Flow, read_flow


def small_body() -> dict[str, Any]:
    """Return the body of a flow with one of everything."""
    return {
        "start": {"state": "new", "clocks": {"start": ["fix"]}, "hand_over": "clerk"},
        "clocks": {"fix": {"zh": "修复", "en": "Fix"}},
        "states": [
            {"key": "new", "zh": "新", "en": "New", "category": "open"},
            {"key": "busy", "zh": "处理中", "en": "Busy", "category": "working"},
            {"key": "held", "zh": "等待", "en": "Held", "category": "waiting"},
            {"key": "done", "zh": "完成", "en": "Done", "category": "done"},
            {"key": "dropped", "zh": "取消", "en": "Dropped", "category": "cancelled"},
        ],
        "facts": {
            "known": {"type": "yes_no", "zh": "已知", "en": "Known"},
            "level": {"type": "number", "zh": "等级", "en": "Level"},
            "harm": {
                "type": "choice",
                "zh": "伤害",
                "en": "Harm",
                "choices": [{"key": "none", "zh": "无", "en": "None"}, {"key": "unclear", "zh": "不明", "en": "Unclear"}],
            },
        },
        "fields": {
            "reason": {"type": "text", "zh": "原因", "en": "Reason"},
            "count": {"type": "number", "zh": "数量", "en": "Count"},
        },
        "proofs": {"signature": {"zh": "签字", "en": "Signature"}},
        "transitions": [
            {"verb": "take", "zh": "受理", "en": "Take", "from": ["new"], "to": "busy", "roles": ["clerk"], "hand_over": "engineer"},
            {
                "verb": "hold",
                "zh": "暂停",
                "en": "Hold",
                "from": ["busy"],
                "to": "held",
                "roles": ["engineer"],
                "clocks": {"pause": ["fix"]},
            },
            {
                "verb": "go_on",
                "zh": "继续",
                "en": "Go on",
                "from": ["held"],
                "to": "busy",
                "roles": ["engineer"],
                "clocks": {"resume": ["fix"]},
            },
            {
                "verb": "finish",
                "zh": "完工",
                "en": "Finish",
                "from": ["busy"],
                "to": "done",
                "roles": ["engineer", "chief"],
                "conditions": [{"zh": "须已知", "en": "it must be known", "fact": "known", "is": True}],
                "fields": ["reason", "count"],
                "proofs": ["signature"],
                "effects": ["tell_all"],
                "clocks": {"stop": ["fix"]},
            },
            {
                "verb": "drop",
                "zh": "取消",
                "en": "Drop",
                "from": ["new", "busy"],
                "to": "dropped",
                "roles": ["clerk"],
                "clocks": {"stop": ["fix"]},
            },
            {"verb": "note", "zh": "备注", "en": "Note", "from": ["new", "busy", "held"], "roles": ["clerk"]},
        ],
    }


def small_flow(**parts: Any) -> Flow:
    """Return the small flow with some entries of its body replaced."""
    return read_flow(small_body() | parts)


def with_condition(expression: dict[str, Any]) -> Flow:
    """Return the small flow whose step ``take`` has this condition."""
    body = small_body()
    body["transitions"][0]["conditions"] = [{"zh": "条件", "en": "condition", **expression}]
    return read_flow(body)
