"""What niggle knows, as YAML for a physiotherapist to read, correct and sign; `load` makes it Knowledge."""

from niggle.knowledge.loader import Complaint, KnowledgeError, load

__all__ = ["Complaint", "KnowledgeError", "load"]
