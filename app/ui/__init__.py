"""How every page looks and travels: base template, components, static bundles, headers, caching, error pages.

Each component is one macro file and one CSS file of the same name. No domain words and no queries here.
"""
