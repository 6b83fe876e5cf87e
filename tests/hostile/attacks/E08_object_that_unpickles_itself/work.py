import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch @CANARY_DIR@/open/hostile_@TOKEN@",)

    def __deepcopy__(self, memo):
        os._exit(0)

    def __repr__(self):
        os._exit(0)


def total(x):
    return Bomb()


def standardise(x):
    return pickle.dumps(Bomb())
