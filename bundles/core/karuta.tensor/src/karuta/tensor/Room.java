package karuta.tensor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import karuta.api.KarutaException;

/**
 * Says what something would take before it takes it. Who makes arrays whose size is up to an option asks here first: a
 * machine whose memory ends otherwise ends the program, or another one.
 */
public final class Room {

    /** A learned number in float32, its gradient, and the two moments that AdamW keeps of it. */
    private static final int BYTES_PER_LEARNED = 4 * Float.BYTES;

    private static final double GIB = 1L << 30;
    private static final Path PROC = Path.of("/proc");

    private Room() {}

    /**
     * For numbers that are learned.
     *
     * @param what asks for them, in the user's words: {@code "rank": 8 of baseline.lora}
     * @param numbers how many
     * @throws KarutaException if the machine has no room for them
     */
    public static void forLearned(String what, double numbers) {
        require(
                what,
                numbers * BYTES_PER_LEARNED,
                available(),
                String.format(Locale.ROOT, "%.0f numbers to learn, each with its gradient and two moments, ", numbers),
                "this machine has",
                "choose a smaller number");
    }

    /**
     * For objects of Java.
     *
     * @param what asks for them, in the user's words
     * @param bytes about how many
     * @throws KarutaException if Java's heap has no room for them
     */
    public static void forJava(String what, double bytes) {
        var runtime = Runtime.getRuntime();
        var free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        require(
                what,
                bytes,
                free,
                "",
                "Java has",
                "choose a smaller number, or give Java more (KARUTA_JAVA_OPTS=-Xmx8g)");
    }

    private static void require(
            String what, double bytes, double available, String composed, String owner, String remedy) {
        if (bytes > available) {
            throw new KarutaException(
                    what + " would take " + composed + gib(bytes) + ", and " + owner + " " + gib(available) + " left.",
                    remedy);
        }
    }

    private static String gib(double bytes) {
        return bytes >= 0.1 * GIB
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIB)
                : String.format(Locale.ROOT, "%.1f MiB", 1024 * bytes / GIB);
    }

    /** Bytes that this process may still take: of the machine, of its container, and of its limit ({@code ulimit -v}). */
    private static double available() {
        return Stream.of(machine(), container(), limit())
                .filter(OptionalLong::isPresent)
                .mapToDouble(OptionalLong::getAsLong)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static OptionalLong machine() {
        return kilobytes("meminfo", "MemAvailable:\\s+(\\d+) kB");
    }

    /** What it has in all, since what is left is not told; asked for by name, as not every Java has the class. */
    private static OptionalLong container() {
        try {
            var system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            return OptionalLong.of(
                    (long) ManagementFactory.getPlatformMBeanServer().getAttribute(system, "TotalMemorySize"));
        } catch (JMException unknown) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong limit() {
        var most = number("self/limits", "Max address space\\s+(\\d+)");
        var taken = kilobytes("self/status", "VmSize:\\s+(\\d+) kB");
        return most.isPresent() ? OptionalLong.of(most.getAsLong() - taken.orElse(0)) : most;
    }

    private static OptionalLong kilobytes(String file, String pattern) {
        var found = number(file, pattern);
        return found.isPresent() ? OptionalLong.of(1024 * found.getAsLong()) : found;
    }

    /** Empty where Linux does not tell. */
    private static OptionalLong number(String file, String pattern) {
        try {
            var match = Pattern.compile(pattern).matcher(Files.readString(PROC.resolve(file)));
            return match.find() ? OptionalLong.of(Long.parseLong(match.group(1))) : OptionalLong.empty();
        } catch (IOException | NumberFormatException untold) {
            return OptionalLong.empty();
        }
    }
}
