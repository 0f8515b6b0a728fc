package karuta.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that break the format's rules, or bend them. */
class HostileFileTest {

    private static final String F32 = "\"dtype\":\"F32\",";
    private static final String TENSOR = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    @TempDir
    private Path folder;

    static Stream<Arguments> broken() {
        return Stream.of(
                file("a trailing byte", 9, "{\"a\":" + TENSOR + "}", "but 9 follow"),
                file("a short body", 7, "{\"a\":" + TENSOR + "}", "but 7 follow"),
                file(
                        "a hole",
                        16,
                        "{\"a\":{" + F32 + "\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{" + F32
                                + "\"shape\":[2],\"data_offsets\":[8,16]}}",
                        "tensor b starts at byte 8"),
                file(
                        "an overlap",
                        12,
                        "{\"a\":" + TENSOR + ",\"b\":{" + F32 + "\"shape\":[2],\"data_offsets\":[4,12]}}",
                        "tensor b starts at byte 4"),
                file("two tensors in one place", 8, "{\"a\":" + TENSOR + ",\"b\":" + TENSOR + "}", "overlap"),
                file("a late start", 12, "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[4,12]}}", "byte 4"),
                file(
                        "a range that ends before it starts",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[8,0]}}",
                        "no range"),
                file(
                        "an empty tensor inside another one",
                        8,
                        "{\"a\":" + TENSOR + ",\"b\":{" + F32 + "\"shape\":[0],\"data_offsets\":[4,4]}}",
                        "tensor b starts at byte 4"),
                file(
                        "a shape that does not fit",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[3],\"data_offsets\":[0,8]}}",
                        "tensor a, F32 (3), needs 12 bytes but has 8"),
                file(
                        "a shape that overflows",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[2147483648,2147483648,2147483648],\"data_offsets\":[0,8]}}",
                        "overflows"),
                file(
                        "an immense dimension beside 0",
                        0,
                        "{\"a\":{" + F32 + "\"shape\":[0,9223372036854775807],\"data_offsets\":[0,0]}}",
                        "a dimension of"),
                file(
                        "a number beyond 63 bits",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}}",
                        "no whole number"),
                file(
                        "a negative number",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[-2],\"data_offsets\":[0,8]}}",
                        "no whole number"),
                file("a fraction", 8, "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[0,8.0]}}", "no whole number"),
                file(
                        "an exponent",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[0,8e0]}}",
                        "no whole number"),
                file(
                        "a number as text",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
                        "JSON type number"),
                file(
                        "nine dimensions",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[2,1,1,1,1,1,1,1,1],\"data_offsets\":[0,8]}}",
                        "more than 8"),
                file("three offsets", 8, "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[0,8,8]}}", "more than 2"),
                file("one offset", 8, "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[0]}}", "no range"),
                file(
                        "an unknown type",
                        8,
                        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}",
                        "unsupported dtype F8_E4M3"),
                file(
                        "a type in small letters",
                        8,
                        "{\"a\":{\"dtype\":\"f32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                        "unsupported dtype f32"),
                file("a missing field", 8, "{\"a\":{" + F32 + "\"shape\":[2]}}", "needs dtype, shape and"),
                file(
                        "an additional field",
                        8,
                        "{\"a\":{" + F32 + "\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}",
                        "unknown field x"),
                file(
                        "a field twice",
                        8,
                        "{\"a\":{" + F32 + F32 + "\"shape\":[2],\"data_offsets\":[0,8]}}",
                        "two fields dtype"),
                file("a tensor twice", 8, "{\"a\":" + TENSOR + ",\"a\":" + TENSOR + "}", "two tensors a"),
                file("metadata twice", 0, "{\"__metadata__\":{},\"__metadata__\":{}}", "two __metadata__"),
                file("a metadata key twice", 0, "{\"__metadata__\":{\"x\":\"1\",\"x\":\"2\"}}", "two __metadata__"),
                file("metadata that is null", 0, "{\"__metadata__\":null}", "strict JSON"),
                file("metadata that is no text", 0, "{\"__metadata__\":{\"x\":1}}", "JSON type string"),
                file("deep metadata", 0, "{\"__metadata__\":{\"x\":" + "[".repeat(5000) + "}}", "JSON type string"),
                file("a tensor that is a list", 0, "{\"a\":[]}", "strict JSON"),
                file("a list", 0, "[]", "does not start with {"),
                file("a space in front", 0, " {}", "does not start with {"),
                file("junk behind", 0, "{}x", "strict JSON"),
                file("another object behind", 0, "{}{}", "strict JSON"),
                file("a zero byte behind", 0, "{}\0", "strict JSON"),
                file("no end", 0, "{\"a\":", "strict JSON"),
                file("an empty name", 8, "{\"\":" + TENSOR + "}", "name is empty"),
                file("a line feed in a name", 8, "{\"a\\nb\":" + TENSOR + "}", "control characters"),
                file("a long name", 8, "{\"" + "a".repeat(513) + "\":" + TENSOR + "}", "longer than 512"),
                file("half a surrogate pair", 8, "{\"\\ud800\":" + TENSOR + "}", "surrogate"),
                file("a comment", 0, "{/* */}", "strict JSON"));
    }

    private static Arguments file(String what, int bytes, String header, String message) {
        return Arguments.of(what, bytes, header, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenFileIsRefused(String what, int bytes, String header, String message) throws IOException {
        requireRefused(write(header.getBytes(StandardCharsets.UTF_8), new byte[bytes]), message);
    }

    @Test
    void badUtf8() throws IOException {
        requireRefused(write(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}, new byte[0]), "not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void lessThanALength(int size) throws IOException {
        requireRefused(Files.write(folder.resolve("x"), new byte[size]), "it has " + size + " bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Header.MAX_BYTES + 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void aLengthThatNobodyNeeds(long length) throws IOException {
        requireRefused(claim(length), "its header length is");
    }

    @Test
    void aHeaderLongerThanTheFile() throws IOException {
        requireRefused(claim(Header.MAX_BYTES), "longer than the file of 12 bytes");
    }

    @Test
    void aFolder() {
        var error = assertThrows(KarutaException.class, () -> SafeTensors.open(folder));
        assertTrue(error.getMessage().contains("Cannot read " + folder), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{}   ",
                "{}\n",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4,0],\"data_offsets\":[0,0]},\"b\":{\"dtype\":\"I8\",\"shape\":[0],"
                        + "\"data_offsets\":[0,0]}}",
                "{\"__metadata__\":{\"x\":\"\\u0000\"}}"
            })
    void unusualButRight(String header) throws IOException {
        SafeTensors.open(write(header.getBytes(StandardCharsets.UTF_8), new byte[0]))
                .close();
    }

    @Test
    void anyOrderAndNoAlignment() throws IOException {
        var header = "{\"b\":{\"data_offsets\":[1,5],\"shape\":[],\"dtype\":\"F32\"},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
        try (var file = SafeTensors.open(write(header.getBytes(StandardCharsets.UTF_8), new byte[5]))) {
            assertEquals(1, file.info("b").begin());
            assertEquals(4, file.info("b").bytes());
        }
    }

    private void requireRefused(Path file, String message) {
        var error = assertThrows(KarutaException.class, () -> SafeTensors.open(file));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    private Path write(byte[] header, byte[] data) throws IOException {
        var bytes = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header).put(data);
        return Files.write(folder.resolve("x.safetensors"), bytes.array());
    }

    private Path claim(long length) throws IOException {
        var bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        return Files.write(folder.resolve("x.safetensors"), bytes.array());
    }
}
