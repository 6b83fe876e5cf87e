# À¯ í € ô€€
def total(x):
    return 14
