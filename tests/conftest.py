"""How the properties are tried: no time limit for one example; the same examples each time in CI."""

import os

from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")
