def receptive_field(layers):
    return receptive_field(layers)
