"""Which of many areas meet a given one, without looking at them all: a sheet may have 57,000 merged cells."""

from collections import defaultdict
from collections.abc import Sequence

from jixiao.engines.address import Area

_BAND = 64  # rows
_TALL = 16  # bands; the few areas taller than that are always looked at


class AreaIndex:
    """Areas by the bands of rows they lie in."""

    def __init__(self, areas: Sequence[Area]) -> None:
        """`areas` may overlap, and must not change any more."""
        self._areas = areas
        self._bands: defaultdict[int, list[int]] = defaultdict(list)
        self._tall: list[int] = []
        for at, area in enumerate(areas):
            first, last = area.top // _BAND, area.bottom // _BAND
            if last - first > _TALL:
                self._tall.append(at)
            else:
                for band in range(first, last + 1):
                    self._bands[band].append(at)

    def meeting(self, area: Area) -> list[Area]:
        """The areas that share a cell with this one, in their own order."""
        first, last = area.top // _BAND, area.bottom // _BAND
        if last - first >= len(self._bands):
            return [other for other in self._areas if other.meets(area)]
        near = {at for band in range(first, last + 1) for at in self._bands.get(band, ())}
        return [self._areas[at] for at in sorted(near.union(self._tall)) if self._areas[at].meets(area)]
