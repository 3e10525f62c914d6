"""A plugin that cannot be loaded: it is named with its error, and the rest goes on."""

raise RuntimeError("the drum kit is missing")
