package karuta.suite;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import karuta.samples.Elements;
import karuta.samples.JsonFile;
import karuta.suite.Fault.Kind;
import karuta.suite.Side.Entries;
import karuta.suite.Side.Join;

/** What a file beside the samples says, as far as it is wanted. */
final class SideTable {

    private static final int LETTERS = 26;

    private final Side side;
    private final Path file;
    private final Consumer<Fault> faults;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, String> pictures = new HashMap<>();

    /** What belongs to one sample. */
    record Row(Map<String, List<String>> fields, List<String> references) {

        private Row and(Row other) {
            var all = new ArrayList<>(references);
            all.addAll(other.references);
            return new Row(fields, all);
        }
    }

    private SideTable(Side side, Path file, Consumer<Fault> faults) {
        this.side = side;
        this.file = file;
        this.faults = faults;
    }

    /**
     * Reads the file.
     *
     * @param faults is given what is wrong with entries
     * @throws karuta.api.KarutaException if it cannot be read
     */
    static SideTable read(Side side, Path file, Consumer<Fault> faults) {
        var table = new SideTable(side, file, faults);
        var elements = new Elements(file);
        if (side.entries() instanceof Entries.ById) {
            elements.eachMember((id, entry, where) -> table.entry(id, entry, where));
        } else if (side.entries() instanceof Entries.Ids ids) {
            elements.eachOf(ids.member(), (id, where) -> {
                JsonFile.text(id)
                        .ifPresentOrElse(
                                text -> table.rows.put(text, new Row(Map.of(), List.of())),
                                () -> table.fault(where + " is no id."));
                return true;
            });
        } else if (side.entries() instanceof Entries.Listed listed) {
            Elements.Sink sink = (entry, where) -> {
                table.listed(entry, listed.id(), where);
                return true;
            };
            listed.member().ifPresentOrElse(member -> elements.eachOf(member, sink), () -> elements.each(sink));
        }
        side.pictures()
                .ifPresent(names -> elements.eachOf(names.member(), (entry, where) -> {
                    table.picture(entry, names, where);
                    return true;
                }));
        return table;
    }

    private void listed(JsonElement entry, String path, String where) {
        var id = entry.isJsonObject() ? JsonFile.texts(entry.getAsJsonObject(), path) : List.<String>of();
        if (id.size() == 1) {
            entry(id.get(0), entry, where);
        } else {
            fault(where + " has no \"" + path + "\".");
        }
    }

    private void entry(String id, JsonElement entry, String where) {
        if (!entry.isJsonObject()) {
            fault(where + " is no JSON object.");
            return;
        }
        var object = entry.getAsJsonObject();
        var fields = new HashMap<String, List<String>>();
        side.fields().forEach((name, path) -> {
            var texts = JsonFile.texts(object, path);
            if (!texts.isEmpty()) {
                fields.put(name, texts);
            }
        });
        var references = new ArrayList<String>();
        side.references().ifPresent(path -> references.addAll(JsonFile.texts(object, path)));
        side.letter().ifPresent(path -> letter(object, path, where).ifPresent(references::add));
        var row = new Row(fields, references);
        var before = rows.putIfAbsent(id, row);
        if (before != null && side.references().isPresent()) {
            rows.put(id, before.and(row)); // an image has several captions
        } else if (before != null) {
            faults.accept(new Fault(Kind.TWICE, file, where + " has the id " + id + " of an entry before."));
        }
    }

    private Optional<String> letter(JsonObject object, String path, String where) {
        var texts = JsonFile.texts(object, path);
        try {
            var index = texts.size() == 1 ? Integer.parseInt(texts.get(0)) : -1;
            if (index >= 0 && index < LETTERS) {
                return Optional.of(String.valueOf((char) ('A' + index)));
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        fault(where + " has no \"" + path + "\" that is the index of a choice.");
        return Optional.empty();
    }

    private void picture(JsonElement entry, Side.Pictures names, String where) {
        var id = entry.isJsonObject() ? JsonFile.texts(entry.getAsJsonObject(), names.id()) : List.<String>of();
        var name = entry.isJsonObject() ? JsonFile.texts(entry.getAsJsonObject(), names.file()) : List.<String>of();
        if (id.size() == 1 && name.size() == 1) {
            pictures.put(id.get(0), name.get(0));
        } else {
            fault(where + " has no \"" + names.id() + "\" or no \"" + names.file() + "\".");
        }
    }

    private void fault(String what) {
        faults.accept(new Fault(Kind.SIDE, file, what));
    }

    /** Whether nothing but ids stands here. */
    boolean isSplit() {
        return side.entries() instanceof Entries.Ids;
    }

    /** The ids of all entries, in the order of the file. */
    Set<String> ids() {
        return new LinkedHashSet<>(rows.keySet());
    }

    /** What belongs to a sample; empty if nothing does. */
    Optional<Row> row(String id, int number) {
        return Optional.ofNullable(rows.get(key(id, number)));
    }

    /** The file of a sample's image, as this file has it. */
    Optional<String> picture(String id, int number) {
        return Optional.ofNullable(pictures.get(key(id, number)));
    }

    private String key(String id, int number) {
        return side.join() == Join.NUMBER ? String.valueOf(number) : id;
    }

    Side side() {
        return side;
    }

    Path file() {
        return file;
    }
}
