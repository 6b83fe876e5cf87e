# coding: raw_unicode_escape
def total(x):
    return 0


# \u000adef standardise(x):
# \u000a    return x
