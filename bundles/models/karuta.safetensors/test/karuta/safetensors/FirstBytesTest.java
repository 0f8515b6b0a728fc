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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FirstBytesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "version https://git-lfs.github.com/spec/v1|a Git LFS pointer|`git lfs pull`",
                "<!DOCTYPE html><html>|an HTML page|Fetch the file again",
                "  <html><head>|an HTML page|Fetch the file again",
                "Entry not found|a server's error message|Fetch the file again",
                "PK\u0003\u0004|a zip archive or a file of torch.save|karuta model convert",
                "\u0080\u0002|a pickle|karuta model convert",
                "\u001f\u008b|a gzip archive|Unpack it",
                "GGUF|a GGUF file|GGUF is not read"
            })
    void weightsThatAreSomethingElseAreCalledByTheirName(String start, String name, String cure) throws IOException {
        var file = folder.resolve("model.safetensors");
        Files.write(file, (start + "x".repeat(100)).getBytes(StandardCharsets.ISO_8859_1));
        var refusal = assertThrows(KarutaException.class, () -> SafeTensors.open(file));
        assertTrue(refusal.getMessage().contains(file + ": it is " + name), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(cure), refusal.getMessage());
    }

    @Test
    void tarArchivesAndReservedFilesAreToldToo() throws IOException {
        var bytes = new byte[1024];
        var zero =
                FirstBytes.explain(Files.write(folder.resolve("zero"), bytes)).orElseThrow();
        assertTrue(zero.getMessage().contains("zero bytes"), zero.getMessage());
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, bytes, 257, 5);
        var tar = FirstBytes.explain(Files.write(folder.resolve("tar"), bytes)).orElseThrow();
        assertTrue(tar.getMessage().contains("a tar archive"), tar.getMessage());
    }

    @Test
    void aFileOfAnotherKindIsNotExplained() throws IOException {
        assertEquals(Optional.empty(), FirstBytes.explain(Files.writeString(folder.resolve("x"), "{\"a\": 1}")));
        assertEquals(Optional.empty(), FirstBytes.explain(folder.resolve("absent")));
    }

    /** Any numbers, and then one in any place that is not finite. */
    @ParameterizedTest
    @EnumSource(names = {"F64", "F32", "F16", "BF16"})
    void theFirstNumberThatIsNotFiniteIsFound(Dtype dtype) {
        var random = new Random(7);
        for (var round = 0; round < 300; round++) {
            var count = 1 + random.nextInt(21);
            var numbers = ByteBuffer.allocate(count * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (var i = 0; i < count; i++) {
                put(numbers, dtype, i, random.nextBoolean() ? random.nextFloat() - 0.5f : -65504f);
            }
            assertEquals(OptionalLong.empty(), FiniteNumbers.of(dtype).firstOdd(numbers));
            var odd = random.nextInt(count);
            put(numbers, dtype, odd, random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY);
            assertEquals(OptionalLong.of(odd), FiniteNumbers.of(dtype).firstOdd(numbers));
        }
    }

    private static void put(ByteBuffer numbers, Dtype dtype, int place, float number) {
        switch (dtype) {
            case F64 -> numbers.putDouble(place * 8, number);
            case F32 -> numbers.putFloat(place * 4, number);
            case BF16 -> numbers.putShort(place * 2, (short) (Float.floatToRawIntBits(number) >>> 16));
            default -> numbers.putShort(place * 2, half(number));
        }
    }

    private static short half(float number) {
        if (!Float.isFinite(number)) {
            return (short) (Float.isNaN(number) ? 0x7E00 : 0xFC00);
        }
        return (short) (number == -65504f ? 0xFBFF : 0x3800);
    }

    @Test
    void wholeNumbersMayHaveAnyBits() {
        var ones = ByteBuffer.allocate(64);
        while (ones.hasRemaining()) {
            ones.put((byte) -1);
        }
        assertEquals(OptionalLong.empty(), FiniteNumbers.of(Dtype.I64).firstOdd(ones.flip()));
    }
}
