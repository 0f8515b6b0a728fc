package karuta.safetensors;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;

/** Element types that are read, in the order in which the format sorts tensors: widest first. */
public enum Dtype {
    /** 64-bit integer. */
    I64(DataType.INT64),
    /** 64-bit floating point. */
    F64(DataType.FLOAT64),
    /** 32-bit floating point. */
    F32(DataType.FLOAT32),
    /** 32-bit integer. */
    I32(DataType.INT32),
    /** Upper half of a 32-bit floating point number; DJL has no arrays of it, so it is widened when it is read. */
    BF16(DataType.BFLOAT16),
    /** 16-bit floating point. */
    F16(DataType.FLOAT16),
    /** 8-bit integer. */
    I8(DataType.INT8),
    /** 8-bit unsigned integer. */
    U8(DataType.UINT8),
    /** One byte, 0 or 1. */
    BOOL(DataType.BOOLEAN);

    private final DataType type;

    Dtype(DataType type) {
        this.type = type;
    }

    /** DJL's name of it. */
    public DataType type() {
        return type;
    }

    /** Bytes per element. */
    public int bytes() {
        return type.getNumOfBytes();
    }

    /** Whether it holds floating point numbers. */
    public boolean floating() {
        return type.isFloating() || this == BF16;
    }

    static Optional<Dtype> of(String name) {
        return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
    }

    static Optional<Dtype> of(DataType type) {
        return Arrays.stream(values()).filter(d -> d.type == type && d != BF16).findFirst();
    }
}
