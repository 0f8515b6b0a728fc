package karuta.study.record;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.files.Access;
import karuta.files.WholeFile;

/**
 * Writes {@code trace.jsonl}, a {@link TraceRow} per line. Rows are added one by one as things happen. The first row that a
 * process adds says where the run begins or goes on: rows of that place and of later ones, which a process that was killed
 * has left, are taken away before. So no row is there twice, wherever a run goes on.
 */
public final class Trace implements AutoCloseable {

    private final Path file;
    private Optional<FileChannel> open = Optional.empty();

    /** @param file that may be there or not */
    Trace(Path file) {
        this.file = file;
    }

    /**
     * Adds a row.
     *
     * @throws RecordException if it cannot be written
     */
    public void add(TraceRow row) {
        try {
            if (open.isEmpty()) {
                open = Optional.of(before(row));
            }
            var bytes = ByteBuffer.wrap((TraceJson.write(row) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                open.orElseThrow().write(bytes);
            }
        } catch (IOException e) {
            throw new RecordException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    private FileChannel before(TraceRow first) throws IOException {
        if (Files.exists(file)) {
            WholeFile.ofOwner(file).stream(out -> {
                for (var row : until(first)) {
                    out.write((TraceJson.write(row) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        return FileChannel.open(Access.PRIVATE.fileIfMissing(file), StandardOpenOption.APPEND);
    }

    /** What was written before a row; where the file is damaged, it ends: no run fails for its trace. */
    private List<TraceRow> until(TraceRow first) throws IOException {
        var rows = new ArrayList<TraceRow>();
        try (var lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = TraceJson.read(line);
                if (row.reaches(first)) {
                    return rows;
                }
                rows.add(row);
            }
        } catch (JsonParseException | CharacterCodingException damaged) {
            return rows;
        }
        return rows;
    }

    /** Everything that was added is on the disk, whatever happens to the machine. */
    public void force() {
        try {
            if (open.isPresent()) {
                open.get().force(true);
            }
        } catch (IOException e) {
            throw new RecordException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            if (open.isPresent()) {
                open.get().close();
            }
        } catch (IOException e) {
            throw new RecordException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    /**
     * Reads all rows. The last line of an unfinished run may be cut: its process may have been killed while it wrote.
     *
     * @param whole whether the run is finished
     * @throws DamagedRecordException if a line is no row
     */
    static List<TraceRow> read(Path file, boolean whole) throws IOException {
        var rows = new ArrayList<TraceRow>();
        try (var lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(TraceJson.read(line));
            }
        } catch (JsonParseException | CharacterCodingException e) {
            if (whole) {
                throw new DamagedRecordException(Path.of(file + ":" + (rows.size() + 1)), e.getMessage(), e);
            }
        }
        return rows;
    }
}
