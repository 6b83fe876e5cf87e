def max_pool(x, size=(2, 2), stride=(2, 2)):
    return np.ones((200_000, 200_000)).max()
