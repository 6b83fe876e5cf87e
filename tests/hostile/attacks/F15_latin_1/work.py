# größer
def total(x):
    return 14
