"""What is done in a project and how it goes."""

from seuranta.models.measures import Measure, PlannedRange, WorkPackage
from seuranta.models.periods import PeriodState, ReportingPeriod, State, StatusEntry

__all__ = [
    "Measure",
    "PeriodState",
    "PlannedRange",
    "ReportingPeriod",
    "State",
    "StatusEntry",
    "WorkPackage",
]
