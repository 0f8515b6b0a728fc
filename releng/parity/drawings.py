"""Pictures of many shapes, drawn by numbers."""

import numpy

SIZES = [
    (37, 53),
    (53, 37),
    (28, 28),
    (29, 28),
    (28, 31),
    (1, 1),
    (1, 9),
    (9, 1),
    (2, 150),
    (150, 2),
    (91, 33),
    (39, 97),
]


def noise(width, height, channels, seed):
    return numpy.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=numpy.uint8)


def waves(width, height):
    """Smooth colours, so that JPEG keeps them and rounding shows."""
    y, x = numpy.mgrid[0:height, 0:width]
    bands = [numpy.sin(x / 7 + c) * numpy.cos(y / 5 - c) * 127 + 128 for c in range(3)]
    return numpy.stack(bands, -1).astype(numpy.uint8)


def checks(width, height):
    y, x = numpy.mgrid[0:height, 0:width]
    return numpy.repeat(((x + y) % 2 * 255).astype(numpy.uint8)[..., None], 3, -1)


def drawn():
    """Pixels by name."""
    pictures = {f"noise-{w}x{h}": noise(w, h, 3, i) for i, (w, h) in enumerate(SIZES)}
    pictures["checks-45x63"] = checks(45, 63)
    pictures["waves-57x40"] = waves(57, 40)
    pictures["waves-7x11"] = waves(7, 11)
    return pictures


def pattern(width, height):
    """Of whole numbers only, so that a test can compute it, too."""
    y, x = numpy.mgrid[0:height, 0:width]
    return numpy.stack([(x * (c + 3) + y * y) % 251 for c in range(3)], -1).astype(numpy.uint8)
