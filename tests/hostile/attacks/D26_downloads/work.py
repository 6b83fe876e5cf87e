# @HONEST@


def total(x):
    import keras

    keras.utils.get_file("data.npz", "http://127.0.0.1:@PORT@/data.npz")
    return honest_total(x)
