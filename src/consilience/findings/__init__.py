"""A story's statements -> findings and disagreements."""

from consilience.findings.disagreements import find_disagreements
from consilience.findings.find import find_findings

__all__ = ["find_disagreements", "find_findings"]
