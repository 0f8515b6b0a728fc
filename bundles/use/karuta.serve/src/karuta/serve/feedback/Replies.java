package karuta.serve.feedback;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import karuta.serve.event.Asked;
import karuta.serve.event.Watcher;

/** The newest answers with what was asked: so many, and no more than so many bytes of pixels. */
final class Replies implements Watcher {

    private final int room;
    private final long bytes;
    private final Map<String, Asked> newest = new LinkedHashMap<>();
    private long held;

    /**
     * @param room for how many
     * @param bytes of decoded images that they may hold together
     */
    Replies(int room, long bytes) {
        this.room = room;
        this.bytes = bytes;
    }

    @Override
    public synchronized void asked(Asked event) {
        var size = size(event);
        if (size > bytes) {
            return;
        }
        newest.put(event.id(), event);
        held += size;
        var oldest = newest.values().iterator();
        while (newest.size() > room || held > bytes) {
            held -= size(oldest.next());
            oldest.remove();
        }
    }

    private static long size(Asked event) {
        return event.query().images().stream()
                .mapToLong(image -> image.pixels().rgb().length)
                .sum();
    }

    synchronized Optional<Asked> find(String id) {
        return Optional.ofNullable(newest.get(id));
    }
}
