# @HONEST@


def attempt(action):
    try:
        action()
    except BaseException:
        pass


def show():
    import matplotlib.pyplot as plt

    plt.plot([1, 2])
    plt.show()


def window():
    import tkinter

    tkinter.Tk().mainloop()


def browse():
    import webbrowser

    webbrowser.open("http://127.0.0.1:9/")


for action in (show, window, browse):
    attempt(action)
