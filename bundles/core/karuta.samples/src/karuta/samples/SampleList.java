package karuta.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.api.Image;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Turn;
import karuta.samples.Entry.Oddity;

/**
 * The samples that the elements of a file give. A conversation of several turns gives a sample for each, which has the
 * turns before it as its context; the second one's id is that of the conversation and {@code #2}.
 */
public final class SampleList {

    private final Path file;
    private final Pictures pictures;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>(); // to be tried next for an id
    private final Map<Oddity, List<String>> oddities = new EnumMap<>(Oddity.class);
    private final List<String> renamed = new ArrayList<>();

    /**
     * @param file that the elements are in, for notes
     * @param pictures where images are looked for
     */
    public SampleList(Path file, Pictures pictures) {
        this.file = file;
        this.pictures = pictures;
    }

    /**
     * Adds all turns of an element.
     *
     * @param where it is, for messages
     */
    public void add(Entry entry, String where) {
        var images = entry.images().stream()
                .<Image>map(path -> pictures.at(path, EntryReader.place(where, entry.id())))
                .toList();
        var id = unique(entry);
        entry.oddities()
                .forEach(oddity -> oddities.computeIfAbsent(oddity, key -> new ArrayList<>())
                        .add(id));
        var earlier = new ArrayList<Turn>();
        for (var said : entry.turns()) {
            var query = new Query(images, earlier, said.question());
            samples.add(new Sample(id(id, earlier.size()), query, said.answers(), entry.fields()));
            earlier.add(new Turn(said.question(), said.answers().get(0)));
        }
    }

    private static String id(String conversation, int turn) {
        return turn == 0 ? conversation : conversation + "#" + (turn + 1);
    }

    /** LLaVA's own data use an image's id for several conversations. */
    private String unique(Entry entry) {
        if (take(entry.id(), entry.turns().size())) {
            return entry.id();
        }
        var number = numbers.getOrDefault(entry.id(), 2);
        while (!take(entry.id() + "~" + number, entry.turns().size())) {
            number++;
        }
        numbers.put(entry.id(), number + 1);
        var id = entry.id() + "~" + number;
        renamed.add(id);
        return id;
    }

    private boolean take(String id, int turns) {
        for (var turn = 0; turn < turns; turn++) {
            if (ids.contains(id(id, turn))) {
                return false;
            }
        }
        for (var turn = 0; turn < turns; turn++) {
            ids.add(id(id, turn));
        }
        return true;
    }

    /** How many there are by now. */
    public int size() {
        return samples.size();
    }

    /** In the order in which they were added. */
    public List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /** What was taken otherwise than it is written, a sentence each. */
    public List<String> notes() {
        var notes = new ArrayList<String>();
        oddities.forEach((oddity, of) -> notes.add(note(of, oddity.words())));
        if (!renamed.isEmpty()) {
            notes.add(note(renamed, "with the id of a sample before, which got a suffix"));
        }
        return notes;
    }

    private String note(List<String> of, String words) {
        return file + ": " + (of.size() == 1 ? "1 sample " : of.size() + " samples ") + words + " (first: " + of.get(0)
                + ")";
    }
}
