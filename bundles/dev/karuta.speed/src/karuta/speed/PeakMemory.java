package karuta.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had resident since it was asked to forget; Linux alone tells. */
final class PeakMemory {

    private static final Path FORGET = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    static void forget() {
        try {
            if (Files.isWritable(FORGET)) {
                Files.writeString(FORGET, "5"); // proc(5): sets the "high water mark" back to what is resident now
            }
        } catch (IOException old) {
            return; // then the peak is that of the whole process
        }
    }

    /** In bytes; 0 where the system does not tell. */
    static long read() {
        try {
            return Files.isReadable(STATUS)
                    ? Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    : 0;
        } catch (IOException gone) {
            return 0;
        }
    }
}
