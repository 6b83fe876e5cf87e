def conv2d_backward(dout, x, w, stride=(1, 1)):
    return {"dx": x, "dw": w, "db": dout.sum(axis=(0, 1, 2))}
