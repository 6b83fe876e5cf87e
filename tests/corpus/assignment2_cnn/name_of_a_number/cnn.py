conv_params = 76


def receptive_field(layers):
    return 3
