def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    return [[[[0.0]]]]
