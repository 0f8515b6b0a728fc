package karuta.serve.feedback;

import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.serve.event.Watcher;
import karuta.serve.http.Annex;

/** Feedback at {@code /api/feedback}. Without a folder nothing is remembered and nothing taken. */
public final class FeedbackAnnex implements Annex, AutoCloseable {

    private static final int REMEMBERED = 2_000;
    /** Then it is time to learn. */
    private static final int QUESTIONS = 5_000;

    /** Of decoded images, in bytes; in a small Java less. */
    private static final long PIXELS =
            Math.min(256L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

    private final InstantSource clock;
    private final Optional<FeedbackFolder> folder;
    private final Replies replies = new Replies(REMEMBERED, PIXELS);

    /**
     * @param clock of this machine
     * @param folder where feedback goes; empty if none is taken
     * @throws karuta.api.KarutaException if the folder cannot take any
     */
    public FeedbackAnnex(InstantSource clock, Optional<Path> folder) {
        this.clock = clock;
        this.folder = folder.map(path -> FeedbackFolder.open(path, QUESTIONS));
    }

    @Override
    public Map<String, HttpServlet> servlets() {
        return Map.of("/api/feedback", new FeedbackServlet(folder, replies, clock));
    }

    @Override
    public List<Watcher> watchers() {
        return folder.isPresent() ? List.of(replies) : List.of();
    }

    @Override
    public void close() {
        folder.ifPresent(FeedbackFolder::close);
    }
}
