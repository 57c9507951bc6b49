"""How the tests of the loaders are run."""

from hypothesis import settings

# A busy machine makes single examples slow; that says nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
