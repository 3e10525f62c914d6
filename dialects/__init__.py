"""One file a dialect: sources, table, few named hooks. Loaded by name through `translator.registry`."""
