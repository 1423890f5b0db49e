"""From a page's own coordinates to points from the top left of the page as displayed."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

_SCALE = 100  # pdfium gives whole device units


@dataclass(frozen=True)
class Plane:
    """The displayed page, and the affine map onto it (rotation and crop box included)."""

    width: float
    height: float
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any) -> Plane:
        """The plane of an open pdfium page."""
        width, height = (round(float(side), 2) for side in page.get_size())
        ox, oy = _device(page, width, height, 0, 0)
        xx, xy = _device(page, width, height, 1000, 0)
        yx, yy = _device(page, width, height, 0, 1000)
        return cls(
            width,
            height,
            (xx - ox) / 1000,
            (xy - oy) / 1000,
            (yx - ox) / 1000,
            (yy - oy) / 1000,
            ox,
            oy,
        )

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """The box (x0, y0, x1, y1), rounded to tenths of a point, of a box in page coordinates."""
        x0, y0 = self._map(left, bottom)
        x1, y1 = self._map(right, top)
        return (
            round(min(x0, x1), 1),
            round(min(y0, y1), 1),
            round(max(x0, x1), 1),
            round(max(y0, y1), 1),
        )

    def _map(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def _device(page: Any, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    size = max(round(width * _SCALE), 1), max(round(height * _SCALE), 1)
    pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / _SCALE, down.value / _SCALE
