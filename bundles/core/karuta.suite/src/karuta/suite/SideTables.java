package karuta.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.samples.Entry;
import karuta.samples.Entry.Said;
import karuta.suite.Fault.Kind;
import karuta.suite.Side.Join;

/** Joins what the files beside the samples say to the samples of a test file. */
final class SideTables {

    private final SuiteTask task;
    private final List<SideTable> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Consumer<Fault> faults;
    private final List<String> otherwise = new ArrayList<>();

    /** @param faults is given what is wrong */
    SideTables(SuiteTask task, TaskFiles files, Consumer<Fault> faults) {
        this.task = task;
        this.faults = faults;
        task.sides().forEach(side -> read(side, files));
    }

    private void read(Side side, TaskFiles files) {
        var choice = files.sides().get(side.name());
        if (choice == null || choice.there().isEmpty() && side.without().isPresent()) {
            var what = choice == null
                    ? "Nobody says where the file \"" + side.name() + "\" of task " + task.name() + " is"
                    : "There is no " + choice.choices().get(0).file();
            if (side.without().isPresent()) {
                notes.add(what + ": " + side.without().get() + ".");
            } else {
                faults.accept(new Fault(
                        Kind.FILE,
                        files.test().choices().get(0).file(),
                        what + ": without it the test samples of task " + task.name() + " lack " + wanted(side) + "."));
            }
            return;
        }
        try {
            tables.add(SideTable.read(side, choice.need().file(), faults));
        } catch (KarutaException e) {
            var kind = choice.there().size() == 1 ? Kind.BROKEN : Kind.FILE;
            faults.accept(Fault.of(kind, choice.choices().get(0).file(), e));
        }
    }

    private static String wanted(Side side) {
        return side.references().isPresent() || side.letter().isPresent()
                ? "their references"
                : side.fields().keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /** The entry with all that belongs to it; what is missing is told. */
    Entry join(Entry entry, int number, String where) {
        var fields = new HashMap<>(entry.fields());
        task.constants().forEach((name, text) -> fields.putIfAbsent(name, List.of(text)));
        var joined = entry.with(entry.turns(), fields);
        for (var table : tables) {
            joined = join(joined, number, where, table);
        }
        return joined;
    }

    private Entry join(Entry entry, int number, String where, SideTable table) {
        var row = table.row(entry.id(), number);
        if (row.isEmpty()) {
            fault(
                    table,
                    where + " (id " + entry.id() + ") is not in " + table.file()
                            + (table.side().join() == Join.NUMBER ? ", which goes by number (" + number + ")." : "."));
            return entry;
        }
        checkPicture(entry, number, where, table);
        var fields = new HashMap<>(entry.fields());
        fields.putAll(row.get().fields());
        table.side().fields().keySet().stream()
                .filter(field -> !row.get().fields().containsKey(field))
                .sorted()
                .forEach(field -> fault(
                        table,
                        "The file " + table.file() + " has no \""
                                + table.side().fields().get(field) + "\" for " + place(entry, table, number) + "."));
        return entry.with(turns(entry, row.get().references(), table, number), fields);
    }

    private List<Said> turns(Entry entry, List<String> references, SideTable table, int number) {
        if (table.side().references().isEmpty() && table.side().letter().isEmpty()) {
            return entry.turns();
        }
        if (references.isEmpty()) {
            fault(table, "The file " + table.file() + " has no reference for " + place(entry, table, number) + ".");
            return entry.turns();
        }
        var said = entry.turns().get(0);
        if (!said.answers().isEmpty() && said.answers().stream().noneMatch(references::contains)) {
            otherwise.add(entry.id());
        }
        return List.of(new Said(said.question(), references));
    }

    private void checkPicture(Entry entry, int number, String where, SideTable table) {
        if (table.side().pictures().isEmpty()) {
            return;
        }
        var theirs = table.picture(entry.id(), number);
        var ours = entry.images().stream().findFirst();
        if (theirs.isEmpty() || ours.isEmpty() || !stem(theirs.get()).equals(stem(ours.get()))) {
            fault(
                    table,
                    where + " (id " + entry.id() + ") has the image " + ours.orElse("(none)") + ", but "
                            + theirs.orElse("no image") + " in " + table.file() + ", element " + number
                            + ": they are not in the same order.");
        }
    }

    private static String stem(String path) {
        var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static String place(Entry entry, SideTable table, int number) {
        return table.side().join() == Join.NUMBER ? "number " + number : "id " + entry.id();
    }

    private void fault(SideTable table, String what) {
        faults.accept(new Fault(Kind.SIDE, table.file(), what));
    }

    /** Tables that go by number have an entry for every sample, and no others. */
    void checkNumbers(int samples, Path test) {
        for (var table : tables) {
            if (table.side().join() == Join.NUMBER && table.ids().size() != samples) {
                faults.accept(new Fault(
                        Kind.COUNT,
                        table.file(),
                        "The file " + table.file() + " has entries for "
                                + table.ids().size() + " samples, and " + test + " has " + samples
                                + ": one of them is not whole."));
            }
        }
    }

    /** The ids of the samples that the published script counts, if a file says so; empty for all. */
    List<String> split() {
        return tables.stream()
                .filter(SideTable::isSplit)
                .flatMap(table -> table.ids().stream())
                .toList();
    }

    /** What must be known. */
    List<String> notes() {
        var all = new ArrayList<>(notes);
        if (!otherwise.isEmpty()) {
            all.add(otherwise.size() + " test samples of task " + task.name()
                    + " have another reference in the test file than in the file beside, which counts (first: "
                    + otherwise.get(0) + ").");
        }
        return all;
    }
}
