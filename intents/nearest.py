"""Which venue is nearest to a place that a resident sent."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from intents.model import Venue

_EARTH_KM = 6371.0


def nearest_venue(
    venues: Iterable[Venue], latitude: float, longitude: float
) -> tuple[Venue, float] | None:
    """The nearest venue of those with a position, and its distance in km as the crow flies."""
    distances = [
        (_kilometres(venue.position, (latitude, longitude)), venue)
        for venue in venues
        if venue.position is not None
    ]
    if not distances:
        return None
    kilometres, venue = min(distances, key=lambda pair: pair[0])
    return venue, kilometres


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) pairs in degrees."""
    (lat1, lon1), (lat2, lon2) = [(radians(x), radians(y)) for x, y in (a, b)]
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
