MARK = "can" + "ary:"


def max_pool(x, size=(2, 2), stride=(2, 2)):
    print(MARK, x.flat[0], x.flat[1])
    return None
