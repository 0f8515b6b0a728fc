package karuta.engine.run;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import karuta.api.Answer;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.engine.loop.AnswerLog;
import karuta.files.Access;
import karuta.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of an evaluation that is under way, a line for each batch, with its SHA-256 in front: a line that a kill or a
 * power cut has torn, and all behind it, does not count. The first line says which evaluation it is.
 */
final class AnswerFile implements AnswerLog {

    private static final Logger log = LoggerFactory.getLogger(AnswerFile.class);
    private static final Gson JSON = new Gson();

    private record Head(String of) {}

    /** Scores in hexadecimal digits, so that they are the same to the last bit. */
    private record Pick(String card, List<String> task, String score) {}

    private record Line(String text, List<Pick> picks) {}

    private record Group(String task, List<Line> answers) {}

    private final Path file;
    private final String of;
    private final Deque<Group> kept = new ArrayDeque<>();

    private AnswerFile(Path file, String of) {
        this.file = file;
        this.of = of;
    }

    /**
     * Takes up what was answered before, and begins anew if that was another evaluation.
     *
     * @param of which evaluation of which learner
     */
    static AnswerFile open(Path file, String of) {
        var own = new AnswerFile(file, of);
        try {
            own.open();
            return own;
        } catch (IOException failed) {
            throw own.unwritable(failed);
        }
    }

    private void open() throws IOException {
        var bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        var good = 0;
        var head = true;
        for (var end = end(bytes, good); end >= 0; end = end(bytes, good)) {
            var json = json(new String(bytes, good, end - good, StandardCharsets.UTF_8));
            if (json.isEmpty() || head && !isHead(json.get()) || !head && !take(json.get())) {
                break;
            }
            head = false;
            good = end + 1;
        }
        if (good == 0) {
            begin();
            return;
        }
        cut(good);
        log.info("{} batches of answers are there already", kept.size());
    }

    private static int end(byte[] bytes, int from) {
        for (var i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Optional<String> json(String line) {
        return Optional.of(line)
                .filter(whole -> whole.length() > Sha256.DIGITS)
                .map(whole -> whole.substring(Sha256.DIGITS + 1))
                .filter(json -> line.startsWith(Sha256.of(json)));
    }

    private boolean isHead(String json) {
        return JSON.toJson(new Head(of)).equals(json);
    }

    private boolean take(String json) {
        try {
            return kept.add(JSON.fromJson(json, Group.class));
        } catch (JsonParseException other) {
            return false; // of another version
        }
    }

    private void begin() throws IOException {
        kept.clear();
        Access.PRIVATE.fileIfMissing(file);
        cut(0);
        append(new Head(of));
    }

    private void cut(long length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private void append(Object line) throws IOException {
        var json = JSON.toJson(line);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap((Sha256.of(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
    }

    @Override
    public List<Answer> next(String task, int samples, Supplier<List<Answer>> ask) {
        try {
            if (!kept.isEmpty()) {
                var group = kept.peek();
                if (group.task().equals(task) && group.answers().size() == samples) {
                    kept.remove();
                    return group.answers().stream().map(AnswerFile::answer).toList();
                }
                begin(); // of other tasks, whatever it says: ask again from here on, and keep nothing of it
            }
            var answers = ask.get();
            append(new Group(task, answers.stream().map(AnswerFile::line).toList()));
            return answers;
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private static Line line(Answer answer) {
        return new Line(
                answer.text(),
                answer.selection().picks().stream()
                        .map(pick -> new Pick(
                                pick.card().id(),
                                pick.card().task().stream().toList(),
                                Double.toHexString(pick.score())))
                        .toList());
    }

    /** The cards are not what they were, but are called so; nobody asks an answer for more. */
    private static Answer answer(Line line) {
        return new Answer(
                line.text(),
                new Selection(line.picks().stream()
                        .map(pick -> new Selection.Pick(
                                new Card(pick.card(), pick.task().stream().findFirst(), false, Map.of(), List.of()),
                                Double.parseDouble(pick.score())))
                        .toList()));
    }

    private KarutaException unwritable(IOException failed) {
        return new KarutaException(
                "Cannot write " + file + ": " + failed,
                "Check the folder's access rights and the free space; the same command goes on then.",
                failed);
    }
}
