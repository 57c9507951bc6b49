"""The commands of python -m kpi: each makes a document of plain values, and its text."""
