"""The stride of a layer already widens that layer's own kernel."""


def receptive_field(layers: list[tuple[int, int]]) -> int:
    field, jump = 1, 1
    for size, stride in layers:
        jump *= stride
        field += (size - 1) * jump
    return field
