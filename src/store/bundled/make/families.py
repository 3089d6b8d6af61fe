"""Find pictures that are nearly the same, such as the 24 faces of the clock."""

import numpy as np

# Of the ink of the paler picture; below it are clocks, snowmen and nests, above it unrelated round things.
NEARLY_THE_SAME = 0.35


def families(keys, drawings):
    """Group `keys` (in order) by likeness in any vendor's drawing; `drawings[vendor][key]` is RGB on white, uint8."""
    distance = np.minimum.reduce([_distances([pictures[key] for key in keys]) for pictures in drawings.values()])
    family = {}
    for i, key in enumerate(keys):
        merged = [key]
        for like in {id(family[keys[j]]): family[keys[j]] for j in range(i) if distance[i, j] < NEARLY_THE_SAME}.values():
            merged = like + merged
        family.update((member, merged) for member in merged)
    return sorted({id(group): sorted(group) for group in family.values()}.values())


def _distances(pictures):
    ink = 1 - np.stack(pictures).reshape(len(pictures), -1) / 255
    squared = (ink**2).sum(axis=1)
    between = np.maximum(squared[:, None] + squared - 2 * ink @ ink.T, 0)
    return np.sqrt(between / np.minimum(squared[:, None], squared))
