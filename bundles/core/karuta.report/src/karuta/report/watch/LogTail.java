package karuta.report.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The step that a run has logged last. A log is for people, and may be cut, or hold anything: what does not look like a step is
 * not looked at.
 *
 * @param stage that it belongs to, from 1
 * @param step that was done, from 1
 * @param steps of the stage
 * @param losses in words
 */
record LogTail(int stage, int step, int steps, String losses) {

    private static final int BYTES = 1 << 14;
    private static final Pattern STEP =
            Pattern.compile("stage (\\d{1,6}), step (\\d{1,9}) of (\\d{1,9}): \\{([^}\\n]{0,200})}");
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d+\\.\\d{3})\\d+");

    /** Empty if there is none in the last lines. */
    static Optional<LogTail> of(Path log) {
        try (var file = FileChannel.open(log)) {
            var from = Math.max(0, file.size() - BYTES);
            var bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
                continue; // until its end
            }
            return last(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<LogTail> last(String text) {
        return STEP.matcher(text)
                .results()
                .reduce((earlier, later) -> later)
                .map(found -> new LogTail(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        LONG_NUMBER
                                .matcher(found.group(4))
                                .replaceAll("$1")
                                .replaceAll("\\p{Cntrl}", " ")
                                .replace("=", " ")));
    }
}
