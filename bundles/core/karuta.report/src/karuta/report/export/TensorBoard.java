package karuta.report.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import karuta.metrics.Metric;
import karuta.report.Comparison;
import karuta.report.Result;

/**
 * Runs as event files of TensorBoard, a folder for each, a point per stage. An event file is a TFRecord file (length, masked
 * CRC-32C of it, data, masked CRC-32C of that; little-endian) of messages {@code Event} in Protocol Buffers (tensorflow's
 * {@code event.proto}, {@code summary.proto}).
 */
public final class TensorBoard {

    private static final String FILE = "events.out.tfevents.karuta";
    private static final int MASK = 0xa282ead8;
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int TEXT = 2;
    private static final int FOUR_BYTES = 5;

    private TensorBoard() {}

    /** A number at a stage. */
    private record Point(String tag, int stage, double value) {}

    /**
     * Writes scores, losses and costs of all stages, and the metrics at the last one.
     *
     * @param folder made if missing
     * @return what was written, over what was there
     */
    public static List<Path> write(List<Comparison> comparisons, Path folder) throws IOException {
        var written = new ArrayList<Path>();
        for (var comparison : comparisons) {
            for (var result : comparison.results()) {
                if (result.matrix().isPresent()) {
                    var name = result.folder().path().getFileName();
                    var run = Files.createDirectories(folder.resolve(name.toString()));
                    written.add(Files.write(run.resolve(FILE), events(result)));
                }
            }
        }
        return written;
    }

    private static byte[] events(Result result) throws IOException {
        var seconds = Instant.parse(result.run().getStarted()).toEpochMilli() / 1000.0;
        var out = new ByteArrayOutputStream();
        record(out, message(new Message().fixed(1, seconds).text(3, "brain.Event:2")));
        for (var point : points(result)) {
            var value = new Message().text(1, point.tag()).fixed(2, (float) point.value());
            var summary = new Message().message(1, value);
            record(
                    out,
                    message(new Message()
                            .fixed(1, seconds)
                            .whole(2, point.stage())
                            .message(5, summary)));
        }
        return out.toByteArray();
    }

    private static List<Point> points(Result result) {
        var points = new ArrayList<Point>();
        var matrix = result.run().getMatrix();
        for (var row : matrix.getRows()) {
            for (var i = 0; i < row.getScores().size(); i++) {
                points.add(new Point(
                        "score/" + matrix.getTasks().get(i),
                        row.getStage(),
                        row.getScores().get(i)));
            }
            for (var i = 0; i < row.getWatched().size(); i++) {
                points.add(new Point(
                        "watched/" + matrix.getWatched().get(i),
                        row.getStage(),
                        row.getWatched().get(i)));
            }
        }
        for (var stage : result.run().getStages()) {
            stage.getLosses()
                    .forEach(loss ->
                            points.add(new Point("loss/" + loss.getName(), stage.getNumber(), loss.getValue())));
            points.add(new Point("cost/stored", stage.getNumber(), stage.getStored()));
            points.add(new Point("cost/seconds", stage.getNumber(), stage.getSeconds()));
        }
        for (var metric : Metric.values()) {
            metric.of(result.matrix().orElseThrow())
                    .ifPresent(value -> points.add(new Point("metric/" + metric.id(), result.lastStage(), value)));
        }
        points.removeIf(point -> Double.isNaN(point.value()));
        return points;
    }

    /** A message of Protocol Buffers while it is written. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Message fixed(int field, double value) {
            varint((long) field << 3 | EIGHT_BYTES);
            bytes.writeBytes(little(Double.BYTES).putDouble(value).array());
            return this;
        }

        private Message fixed(int field, float value) {
            varint((long) field << 3 | FOUR_BYTES);
            bytes.writeBytes(little(Float.BYTES).putFloat(value).array());
            return this;
        }

        private Message whole(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        private Message text(int field, String text) {
            return data(field, text.getBytes(StandardCharsets.UTF_8));
        }

        private Message message(int field, Message inner) {
            return data(field, TensorBoard.message(inner));
        }

        private Message data(int field, byte[] data) {
            varint((long) field << 3 | TEXT);
            varint(data.length);
            bytes.writeBytes(data);
            return this;
        }

        private void varint(long value) {
            var rest = value;
            while (rest >= 0x80) {
                bytes.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
    }

    private static byte[] message(Message message) {
        return message.bytes.toByteArray();
    }

    private static void record(ByteArrayOutputStream out, byte[] data) {
        var length = little(Long.BYTES).putLong(data.length).array();
        out.writeBytes(length);
        out.writeBytes(checksum(length));
        out.writeBytes(data);
        out.writeBytes(checksum(data));
    }

    private static byte[] checksum(byte[] data) {
        var crc = new CRC32C();
        crc.update(data);
        var value = (int) crc.getValue();
        return little(Integer.BYTES)
                .putInt(Integer.rotateRight(value, 15) + MASK)
                .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
