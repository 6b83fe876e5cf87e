# @HONEST@


def standardise(x):
    x[...] = honest_standardise(x)
    view = x[::-1][::-1]
    view.flags.writeable = False
    return view
