"""Pictures with few colours as small PNG files: Typst writes four bytes for every pixel.

Belongs here: reading such a file and writing it again with a palette.
Does not belong here: what the pictures show (`gevinst.site.previews`).
Source: the PNG specification, third edition (W3C), for filters and chunks.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVELS = 7
"""Steps of each colour channel that are kept: edges of letters stay smooth, and no colour is another."""
_MOST_COLOURS = 256

Pixels = np.ndarray


def smaller(png: bytes) -> bytes:
    """The picture with a palette; the same input gives the same bytes.

    Raises `ValueError` for a file that is not of eight bits in four channels, or has too many colours.
    """
    chunks = dict(_chunks(png))
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if (depth, kind) != (8, 6):
        raise ValueError(f"a picture of {depth} bits and kind {kind} cannot be read")
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 4 * width)
    colours = _unfiltered(rows).reshape(height * width, 4)[:, :3]
    step = 255 / (_LEVELS - 1)
    coarse = np.rint(np.rint(colours / step) * step).astype(np.uint8)
    keys = coarse.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    palette, places = np.unique(keys, return_inverse=True)
    if len(palette) > _MOST_COLOURS:
        raise ValueError(f"the picture has {len(palette)} colours; a palette holds {_MOST_COLOURS}")
    plain = np.zeros((height, 1 + width), np.uint8)  # the first byte of a row says that it is not filtered
    plain[:, 1:] = places.reshape(height, width)
    entries = b"".join(int(colour).to_bytes(3, "big") for colour in palette)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", entries), (b"IDAT", zlib.compress(plain.tobytes(), 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk; those of the picture's data as one."""
    place, data = len(_SIGNATURE), b""
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + length]
        data += content if name == b"IDAT" else b""
        yield name, data if name == b"IDAT" else content
        place += 12 + length


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _unfiltered(rows: Pixels) -> Pixels:
    """The bytes of the pixels, row by row, from differences to those on the left and above."""
    above = np.zeros(rows.shape[1] - 1, np.uint8)
    found = np.empty((rows.shape[0], rows.shape[1] - 1), np.uint8)
    for place, row in enumerate(rows):
        above = found[place] = _row(int(row[0]), row[1:], above)
    return found


def _row(kind: int, row: Pixels, above: Pixels) -> Pixels:
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row.reshape(-1, 4), axis=0, dtype=np.uint8).reshape(-1)
    if kind == 2:
        return row + above
    # The first pixel has none to its left, as if there were a black one.
    made, upper = bytearray(4) + bytearray(row.tobytes()), bytes(4) + above.tobytes()
    for place in range(4, len(made)):
        left, over, corner = made[place - 4], upper[place], upper[place - 4]
        if kind == 3:
            guess = (left + over) // 2
        else:
            by_left, by_over, by_corner = abs(over - corner), abs(left - corner), abs(left + over - 2 * corner)
            nearest = over if by_over <= by_corner else corner
            guess = left if by_left <= min(by_over, by_corner) else nearest
        made[place] = (made[place] + guess) & 255
    return np.frombuffer(bytes(made[4:]), np.uint8)
