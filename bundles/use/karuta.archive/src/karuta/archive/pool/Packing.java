package karuta.archive.pool;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.tensor.Tensors;

/**
 * How a card's numbers are stored. Strategies get 32 bits back whatever it is. The note {@code packed/PLACE/NAME} of the file says
 * of each array that is stored otherwise what it was.
 */
public enum Packing {
    /** As they were learned. */
    NONE("", "32"),
    /** IEEE 754's 16 bits: safetensors' {@code F16}. */
    HALF("F32 as F16", "16") {
        @Override
        boolean takes(NDArray array) {
            return super.takes(array) && largest(array.toFloatArray(), 0, (int) array.size()) <= LARGEST_HALF;
        }

        @Override
        void store(String name, NDArray array, Map<String, NDArray> packed) {
            packed.put(name, array.toType(DataType.FLOAT16, true));
        }

        @Override
        NDArray restore(String name, Map<String, NDArray> packed) {
            return packed.get(name).toType(DataType.FLOAT32, true);
        }
    },
    /** 8 bits with a sign, {@code I8}, times a number per row, {@code F32} in {@code NAME.scale}. */
    BYTE("F32 as I8 times scale", "8") {
        @Override
        void store(String name, NDArray array, Map<String, NDArray> packed) {
            var numbers = array.toFloatArray();
            var width = width(array);
            var bytes = new byte[numbers.length];
            var scales = new float[numbers.length / width];
            for (var row = 0; row < scales.length; row++) {
                scales[row] = largest(numbers, row * width, width) / LARGEST_BYTE;
                for (var i = row * width; i < (row + 1) * width && scales[row] > 0; i++) {
                    bytes[i] = (byte) Math.round(numbers[i] / scales[row]);
                }
            }
            var manager = array.getManager();
            packed.put(name, Tensors.copied(manager, ByteBuffer.wrap(bytes), array.getShape(), DataType.INT8));
            packed.put(name + SCALE, Tensors.of(manager, scales, new Shape(scales.length)));
        }

        @Override
        NDArray restore(String name, Map<String, NDArray> packed) {
            var array = packed.get(name);
            var bytes = array.toByteArray();
            var scales = Optional.ofNullable(packed.remove(name + SCALE))
                    .orElseThrow(() -> new KarutaException(
                            "\"" + name + "\" is stored in 8 bits, and its scale is missing.",
                            "\"karuta pool rollback\" goes back to a revision from before."))
                    .toFloatArray();
            var width = width(array);
            var numbers = new float[bytes.length];
            for (var i = 0; i < numbers.length; i++) {
                numbers[i] = bytes[i] * scales[i / width];
            }
            return Tensors.of(array.getManager(), numbers, array.getShape());
        }
    };

    /** The place of the notes. No strategy of an arm stands there. */
    static final String PLACE = "packed";

    private static final String SCALE = ".scale";
    private static final float LARGEST_HALF = 65504;
    private static final float LARGEST_BYTE = 127;

    /** A card's option that says how it is stored, in bits. */
    private static final String OPTION = "bits";

    private final String note;
    private final String bits;

    Packing(String note, String bits) {
        this.note = note;
        this.bits = bits;
    }

    /**
     * By the number of bits.
     *
     * @throws KarutaException if nothing is stored in so many
     */
    public static Packing of(String bits) {
        return Arrays.stream(values())
                .filter(packing -> packing.bits.equals(bits))
                .findFirst()
                .orElseThrow(
                        () -> new KarutaException("Cards cannot be stored in " + bits + " bits.", "Say 8, 16 or 32."));
    }

    /** How a card is stored. */
    public static Packing of(CardRecord card) {
        return of(card.options().getOrDefault(OPTION, NONE.bits));
    }

    /**
     * The record of a card that is stored this way.
     *
     * @param tensors its file
     */
    public CardRecord noted(CardRecord card, byte[] tensors) {
        return card.rewritten(OPTION, bits, tensors);
    }

    /** Whether it can store an array; those that it cannot stay as they are. */
    boolean takes(NDArray array) {
        return array.getDataType() == DataType.FLOAT32
                && array.size() > 0
                && array.getShape().dimension() > 0;
    }

    /** Stores an array. */
    void store(String name, NDArray array, Map<String, NDArray> packed) {
        packed.put(name, array);
    }

    /** What was stored. */
    NDArray restore(String name, Map<String, NDArray> packed) {
        return packed.get(name);
    }

    private static int width(NDArray array) {
        var shape = array.getShape();
        return (int) shape.get(shape.dimension() - 1);
    }

    private static float largest(float[] numbers, int from, int count) {
        var largest = 0f;
        for (var i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        return largest;
    }

    /** What strategies keep, with its arrays stored this way. What a card knows of its own samples stays: small variances count. */
    Map<String, State> pack(Map<String, State> states) {
        var packed = new HashMap<String, State>();
        var notes = new HashMap<String, String>();
        states.forEach((place, state) -> {
            var arrays = new HashMap<String, NDArray>();
            state.tensors().forEach((name, array) -> {
                if (this != NONE && !place.equals(CardStates.OWN) && takes(array)) {
                    store(name, array, arrays);
                    notes.put(place + "/" + name, note);
                } else {
                    arrays.put(name, array);
                }
            });
            packed.put(place, new State(arrays, state.metadata()));
        });
        if (!notes.isEmpty()) {
            packed.put(PLACE, new State(Map.of(), notes));
        }
        return packed;
    }

    /**
     * What strategies kept, as they kept it.
     *
     * @param file its name, for messages
     * @throws KarutaException if a note is not understood, or an array is missing
     */
    static Map<String, State> unpack(String file, Map<String, State> packed) {
        var notes = packed.getOrDefault(PLACE, State.EMPTY).metadata();
        var states = new HashMap<String, State>();
        packed.forEach((place, state) -> {
            var arrays = new HashMap<>(state.tensors());
            state.tensors().keySet().stream()
                    .filter(name -> notes.containsKey(place + "/" + name))
                    .forEach(name -> arrays.put(
                            name, of(file, notes.get(place + "/" + name)).restore(name, arrays)));
            states.put(place, new State(arrays, state.metadata()));
        });
        states.remove(PLACE);
        return states;
    }

    private static Packing of(String file, String note) {
        return Arrays.stream(values())
                .filter(packing -> packing.note.equals(note))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        file + " stores numbers as \"" + note + "\", which this Karuta does not know.",
                        "Use the Karuta that wrote it."));
    }
}
