"""Guided gradients of DGG (arXiv 2511.15164): a way back that is shorter than the gradient, one that is longer, and none."""

import numpy as np

from arrays import drawn, write

random = np.random.default_rng(20260204)
arrays = {}
for case, far in enumerate((0.1, 10, 0)):
    past, gradient = drawn(random, 10), drawn(random, 10)
    now = (past + far * drawn(random, 10)).astype(np.float32).astype(np.float64)
    way = now - past
    length = np.sqrt((way * way).sum())
    if length > np.sqrt((gradient * gradient).sum()):
        way = way / length * np.sqrt((gradient * gradient).sum())
    for name, array in {"past": past, "now": now, "gradient": gradient, "guided": gradient + way}.items():
        arrays[f"{name}.{case}"] = array
write("karuta.baseline.dgg", "dgg.txt", arrays)
