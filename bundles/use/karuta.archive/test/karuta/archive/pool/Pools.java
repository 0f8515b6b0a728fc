package karuta.archive.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.files.Sha256;

/** Small pools, as tests make them. */
public final class Pools {

    static final Author ADA = new Author("Ada", "ada@example.org");
    static final Author BOB = new Author("Bob", "bob@example.org");
    public static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    public static final PoolManifest MANIFEST = new PoolManifest(
            PoolManifest.FORM,
            "0.2.0",
            new Pinned("tiny", "ab12"),
            new Pinned("tiny", "cd34"),
            Policy.REFUSE,
            "study: team\n");

    private Pools() {}

    static PoolRepository begun(Path folder) {
        var pool = PoolRepository.create(folder);
        commit(pool, PoolFiles.begun(MANIFEST), "Begins a pool");
        return pool;
    }

    static PoolFiles files(PoolRepository pool) {
        return new PoolFiles(pool.head().orElseThrow());
    }

    static Snapshot commit(PoolRepository pool, Change change, String message) {
        return pool.commit(change, ADA, NOON, message);
    }

    static Snapshot learn(PoolRepository pool, String task, String tensors, Author author, Instant when) {
        var files = files(pool);
        var card = card(task, files.nextNumber(), tensors, author, when);
        return pool.commit(files.with(card, bytes(tensors)), author, when, "Learns " + task);
    }

    static Snapshot learn(PoolRepository pool, String task, String tensors) {
        return learn(pool, task, tensors, ADA, NOON);
    }

    static CardRecord card(String task, int number, String tensors, Author author, Instant when) {
        return new CardRecord(
                task,
                number,
                author.toString(),
                when,
                new Source("data/" + task, "00", 80, 20),
                Map.of("length", "8"),
                Map.of(task, 12.5),
                Map.of(task, 97.5),
                new Sha256().add(bytes(tensors)).hex());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<String> tasks(PoolRepository pool) {
        return files(pool).cards().stream().map(CardRecord::task).toList();
    }

    static String git(Path folder, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=Bob", "-c", "user.email=bob@example.org"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
