package karuta.safetensors;

import ai.djl.ndarray.types.Shape;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a header's JSON token by token, so that it holds no more than the accepted tensors. */
final class HeaderParser {

    private static final int MAX_TENSORS = 200_000;
    private static final int MAX_NAME = 512;
    private static final int MAX_RANK = 8;
    private static final long MAX_DIMENSION = 1L << 31;
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,18}");

    private final JsonReader json;
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private final Map<String, TensorInfo> tensors = new HashMap<>();
    private final Map<String, String> metadata = new TreeMap<>();

    HeaderParser(JsonReader json) {
        this.json = json;
    }

    Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    void parse() throws IOException {
        var hasMetadata = false;
        json.beginObject();
        while (json.hasNext()) {
            var name = name();
            if (!name.equals("__metadata__")) {
                if (tensors.put(name, tensor(name)) != null) {
                    throw new FormatException("it has two tensors " + name);
                }
                if (tensors.size() > MAX_TENSORS) {
                    throw new FormatException("it has more than " + MAX_TENSORS + " tensors");
                }
            } else if (hasMetadata) {
                throw new FormatException("it has two __metadata__ objects");
            } else {
                hasMetadata = true;
                readMetadata();
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new FormatException("something follows its header's object");
        }
    }

    static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_NAME && name.chars().noneMatch(c -> c < ' ' || c == 0x7F);
    }

    private String name() throws IOException {
        var name = text(json.nextName());
        if (!isName(name)) {
            throw new FormatException(
                    "a tensor's name is empty, longer than " + MAX_NAME + " characters or has control characters");
        }
        return name;
    }

    private void readMetadata() throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            var key = text(json.nextName());
            require(JsonToken.STRING, "the value of __metadata__ " + key);
            if (metadata.put(key, text(json.nextString())) != null) {
                throw new FormatException("it has two __metadata__ values of " + key);
            }
        }
        json.endObject();
    }

    private TensorInfo tensor(String name) throws IOException {
        var dtype = Optional.<Dtype>empty();
        var shape = Optional.<long[]>empty();
        var offsets = Optional.<long[]>empty();
        var seen = new HashSet<String>();
        json.beginObject();
        while (json.hasNext()) {
            var field = json.nextName();
            if (!seen.add(field)) {
                throw new FormatException("tensor " + name + " has two fields " + field);
            }
            switch (field) {
                case "dtype" -> dtype = Optional.of(dtype(name));
                case "shape" -> shape = Optional.of(numbers(MAX_RANK, "the shape of tensor " + name));
                case "data_offsets" -> offsets = Optional.of(numbers(2, "data_offsets of tensor " + name));
                default -> throw new FormatException("tensor " + name + " has the unknown field " + field);
            }
        }
        json.endObject();
        if (dtype.isEmpty() || shape.isEmpty() || offsets.isEmpty()) {
            throw new FormatException("tensor " + name + " needs dtype, shape and data_offsets");
        }
        return checked(name, dtype.get(), shape.get(), offsets.get());
    }

    private static TensorInfo checked(String name, Dtype dtype, long[] shape, long[] offsets) throws FormatException {
        if (offsets.length != 2 || offsets[1] < offsets[0]) {
            throw new FormatException("data_offsets of tensor " + name + " are no range");
        }
        var bytes = (long) dtype.bytes();
        try {
            for (var size : shape) {
                if (size > MAX_DIMENSION) {
                    throw new FormatException("tensor " + name + " has a dimension of " + size);
                }
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw new FormatException("the shape of tensor " + name + " overflows");
        }
        var info = new TensorInfo(dtype, new Shape(shape), offsets[0], offsets[1]);
        if (info.bytes() != bytes) {
            throw new FormatException(
                    "tensor " + name + ", " + info + ", needs " + bytes + " bytes but has " + info.bytes());
        }
        return info;
    }

    private Dtype dtype(String name) throws IOException {
        require(JsonToken.STRING, "dtype of tensor " + name);
        var text = json.nextString();
        var dtype = Dtype.of(text);
        if (dtype.isEmpty()) {
            throw new FormatException("tensor " + name + " has the unsupported dtype " + text);
        }
        return dtype.get();
    }

    private long[] numbers(int most, String what) throws IOException {
        var numbers = new long[most];
        var count = 0;
        json.beginArray();
        while (json.hasNext()) {
            require(JsonToken.NUMBER, what);
            var text = json.nextString();
            if (count == most) {
                throw new FormatException(what + " has more than " + most + " numbers");
            }
            if (!WHOLE.matcher(text).matches() || text.length() == 19 && text.compareTo("9223372036854775807") > 0) {
                throw new FormatException(what + " holds " + text + ", no whole number of 63 bits");
            }
            numbers[count++] = Long.parseLong(text);
        }
        json.endArray();
        return Arrays.copyOf(numbers, count);
    }

    private void require(JsonToken token, String what) throws IOException {
        if (json.peek() != token) {
            throw new FormatException(
                    what + " is not of JSON type " + token.name().toLowerCase(Locale.ROOT));
        }
    }

    private String text(String text) throws FormatException {
        if (!utf8.canEncode(text)) {
            throw new FormatException("its header has half of a surrogate pair");
        }
        return text;
    }
}
