"""The company's choices, as kpi/policy.toml states them."""

import tomllib
from pathlib import Path

POLICY = tomllib.loads((Path(__file__).parents[3] / "kpi" / "policy.toml").read_text("utf-8"))
