while True:
    print("epoch" * 100)
