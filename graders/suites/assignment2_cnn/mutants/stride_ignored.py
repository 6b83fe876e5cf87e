"""The stride of the earlier layers does not widen the field."""


def receptive_field(layers: list[tuple[int, int]]) -> int:
    field = 1
    for size, _ in layers:
        field += size - 1
    return field
