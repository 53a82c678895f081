"""The flow interpreter: states, transitions and what they need, read from a definition."""

from anwei.core.flow.body import Category, ClockEffects, Flow, NextStep, State, Transition
from anwei.core.flow.conditions import Condition
from anwei.core.flow.errors import (
    ConditionNotMet,
    FactUnfit,
    FieldMissing,
    FieldUnfit,
    FlowError,
    NoSuchStep,
    ProofMissing,
    StepNotYours,
    UnknownState,
)
from anwei.core.flow.problems import Problem
from anwei.core.flow.reader import read_flow
from anwei.core.flow.slots import Kind, Slot

__all__ = [
    "Category",
    "ClockEffects",
    "Condition",
    "ConditionNotMet",
    "FactUnfit",
    "FieldMissing",
    "FieldUnfit",
    "Flow",
    "FlowError",
    "Kind",
    "NextStep",
    "NoSuchStep",
    "Problem",
    "ProofMissing",
    "Slot",
    "State",
    "StepNotYours",
    "Transition",
    "UnknownState",
    "read_flow",
]
