"""Writes arrays as text: a line with name and shape, a line with the numbers."""

import pathlib

import numpy as np

BUNDLES = pathlib.Path(__file__).parents[2] / "bundles"


def write(bundle, name, arrays, place="test/fixtures"):
    lines = []
    for key, array in arrays.items():
        array = np.asarray(array, dtype=np.float64)
        lines.append(" ".join([key, *map(str, array.shape)]))
        lines.append(" ".join(f"{number:.9g}" for number in array.ravel()))
    (home,) = BUNDLES.glob(f"*/{bundle}")
    folder = home / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n")


def drawn(random, *shape):
    """Normal numbers that float32 holds exactly."""
    return random.standard_normal(shape).astype(np.float32).astype(np.float64)
