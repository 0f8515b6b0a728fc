package karuta.it.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages files as disks, networks, editors and attackers do. What a seed does to a file never changes. */
final class Mutation {

    private static final List<String> ODD = List.of(
            "0",
            "-1",
            "1e999",
            "-1e-999",
            "NaN",
            "9223372036854775807",
            "99999999999999999999",
            "2147483648",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"\\u0000\"",
            "\"../../../etc/passwd\"",
            "\"\\ud800\"",
            "0.5");

    private static final long[] EXTREMES = {
        0, -1, 1, 0x7fffffffL, 0x80000000L, 0xffffffffL, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private static final Pattern VALUE =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|-?\\d[\\d.eE+-]*|true|false|null|\\{\\}|\\[\\]");

    private final SplittableRandom random;

    Mutation(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A damaged copy, at times damaged twice. */
    byte[] of(byte[] file) {
        var once = once(file);
        return random.nextInt(4) == 0 ? once(once) : once;
    }

    private byte[] once(byte[] file) {
        if (file.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        return isText(file) && random.nextInt(3) > 0 ? text(file) : bytes(file);
    }

    private static boolean isText(byte[] file) {
        for (var i = 0; i < Math.min(256, file.length); i++) {
            if (file[i] == 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] bytes(byte[] file) {
        var at = random.nextInt(file.length);
        var to = Math.min(file.length, at + 1 + random.nextInt(64));
        var copy = file.clone();
        switch (random.nextInt(8)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) random.nextInt(256);
            case 2 -> copy = Arrays.copyOf(file, at);
            case 3 -> copy = joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, to, file.length));
            case 4 -> copy = joined(Arrays.copyOf(file, to), Arrays.copyOfRange(file, at, file.length));
            case 5 -> Arrays.fill(copy, at, to, (byte) random.nextInt(256));
            case 6 -> extreme(copy, at, 4);
            default -> extreme(copy, random.nextInt(2) == 0 ? 0 : at, 8);
        }
        return copy;
    }

    private void extreme(byte[] file, int at, int length) {
        var value = EXTREMES[random.nextInt(EXTREMES.length)];
        var big = random.nextBoolean();
        for (var i = 0; i < length && at + i < file.length; i++) {
            file[at + i] = (byte) (value >>> 8 * (big ? length - 1 - i : i));
        }
    }

    private static byte[] joined(byte[] a, byte[] b) {
        var both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private byte[] text(byte[] file) {
        var text = new String(file, StandardCharsets.UTF_8);
        var values = VALUE.matcher(text).results().limit(20_000).toList();
        var changed = switch (values.isEmpty() ? 3 : random.nextInt(6)) {
            case 0 -> replaced(text, any(values), ODD.get(random.nextInt(ODD.size())));
            case 1 -> replaced(text, any(values), any(values).group());
            case 2 -> replaced(text, any(values), "");
            case 3 -> text + text;
            case 4 -> {
                var depth = 1 << 4 + random.nextInt(14);
                yield replaced(text, any(values), "[".repeat(depth) + "]".repeat(random.nextBoolean() ? depth : 0));
            }
            default -> replaced(text, any(values), "\"" + "x".repeat(1 << random.nextInt(18)) + "\"");
        };
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private MatchResult any(List<MatchResult> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String replaced(String text, MatchResult value, String by) {
        return text.substring(0, value.start()) + by + text.substring(value.end());
    }
}
