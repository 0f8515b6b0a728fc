package karuta.audit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import karuta.api.KarutaException;
import karuta.audit.Table.Column;
import karuta.audit.Table.Item;
import karuta.audit.Table.Method;
import karuta.audit.Table.Source;
import karuta.audit.Table.Source.Figure;
import karuta.audit.Table.Source.Score;
import karuta.audit.Unknown.Cell;
import karuta.csv.Csv;

/** Reads a table out of a CSV file. */
final class TableReader {

    private static final String SAMPLES = "N";
    private static final String MOST = "max";
    private static final String IGNORED = "ignore";
    private static final String TASK = "task";
    private static final double PERCENT = 100;

    /** What a row of a method is, beside one after a stage. */
    private enum Kind {
        STAGE,
        ITSELF,
        FORGETTING
    }

    private record Row(Kind kind, int stage) {}

    private final Path file;
    private final Optional<Integer> given;
    private final Map<String, String> meanings;
    private final List<String> tasks = new ArrayList<>();
    private final Map<Integer, Integer> taskAt = new TreeMap<>(); // column of the file -> task, from 1
    private final Map<Integer, Column> figureAt = new TreeMap<>();
    private final Column forgotten = new Column("Forget_j", Definition.ofTasks());
    private Optional<Integer> stageAt = Optional.empty();
    private Optional<Integer> countAt = Optional.empty();
    private final Map<Integer, Integer> counts = new TreeMap<>();
    private final Map<Integer, Double> most = new TreeMap<>();
    private final Map<String, List<Item>> methods = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    TableReader(Path file, Optional<Integer> given, Map<String, String> meanings) {
        this.file = file;
        this.given = given;
        this.meanings = meanings;
    }

    Table read() {
        var lines = rows();
        if (lines.size() < 2) {
            throw new KarutaException(file + " has no row below its headings.", "Give a table: headings, then rows.");
        }
        var heading = lines.get(0);
        var rows = lines.subList(1, lines.size());
        for (var row : rows) {
            if (row.cells().size() != heading.cells().size()) {
                throw bad(
                        row.number(),
                        "there are " + row.cells().size() + " cells, but "
                                + heading.cells().size() + " headings",
                        "Quote a cell that holds a comma, and leave a cell empty where there is no number.");
            }
        }
        columns(heading, rows);
        size(rows);
        var name = "";
        for (var row : rows) {
            name = row.cells().get(0).isBlank() ? name : row.cells().get(0).replace("*", "");
            take(name, row);
        }
        if (methods.isEmpty()) {
            throw new KarutaException(file + " has no row of a method.", "Give at least one.");
        }
        return new Table(
                tasks,
                columnsUsed(),
                methods.entrySet().stream()
                        .map(method -> new Method(method.getKey(), method.getValue()))
                        .toList(),
                counts,
                IntStream.rangeClosed(1, tasks.size())
                        .mapToObj(task -> most.getOrDefault(task, scale()))
                        .toList(),
                notes);
    }

    private List<Csv.Row> rows() {
        var rows = new ArrayList<Csv.Row>();
        try (var text = Files.newBufferedReader(file)) {
            new Csv(true).each(text, rows::add);
            return rows;
        } catch (Csv.Broken e) {
            throw bad(e.line(), e.getMessage(), "Close it, or take it out.");
        } catch (CharacterCodingException e) {
            throw new KarutaException(file + " is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            var why = e instanceof NoSuchFileException ? "it is not there" : String.valueOf(e.getMessage());
            throw new KarutaException(
                    file + " cannot be read (" + why + ").", "Is it there, and may this user read it?", e);
        }
    }

    private void columns(Csv.Row heading, List<Csv.Row> rows) {
        var unused = new ArrayList<>(meanings.keySet());
        for (var at = 1; at < heading.cells().size(); at++) {
            var name = heading.cells().get(at).replace("*", "").strip();
            var meaning = Optional.ofNullable(meanings.get(name));
            unused.remove(name);
            column(at, name, meaning, heading, rows);
        }
        if (!unused.isEmpty()) {
            throw bad(
                    heading.number(),
                    "there is no heading \"" + unused.get(0) + "\"",
                    "The headings are " + String.join(", ", heading.cells()) + ".");
        }
    }

    private void column(int at, String name, Optional<String> meaning, Csv.Row heading, List<Csv.Row> rows) {
        var word = Headings.word(name);
        if (meaning.filter(IGNORED::equals).isPresent()) {
            return;
        }
        if (meaning.isPresent() && !meaning.get().equals(TASK)) {
            var definition = Definition.of(meaning.get())
                    .orElseThrow(() -> bad(
                            heading.number(),
                            "nothing is known of \"" + meaning.get() + "\"",
                            "A heading means the id of a definition, such as bwt/gem, or task, or ignore."));
            figureAt.put(at, new Column(name, List.of(definition)));
        } else if (meaning.isEmpty() && Headings.STAGE.contains(word)) {
            stageAt = Optional.of(at);
        } else if (meaning.isEmpty() && Headings.TASK_COUNT.contains(word)) {
            countAt = Optional.of(at);
        } else if (meaning.isEmpty() && Headings.meanings(name).isPresent()) {
            figureAt.put(at, new Column(name, Headings.meanings(name).get()));
        } else if (meaning.isEmpty()
                && rows.stream()
                        .noneMatch(row -> Printed.isMeantAsNumber(row.cells().get(at)))
                && !rows.stream().allMatch(row -> Printed.isBlank(row.cells().get(at)))) {
            notes.add("The column \"" + name + "\" holds words and is left out.");
        } else {
            if (tasks.contains(name)) {
                throw bad(heading.number(), "two columns are headed \"" + name + "\"", "Rename one.");
            }
            tasks.add(name);
            taskAt.put(at, tasks.size());
        }
    }

    private void size(List<Csv.Row> rows) {
        for (var row : rows) {
            countAt.flatMap(at -> printed(row, at)).ifPresent(count -> {
                if (tasks.isEmpty()) {
                    IntStream.rangeClosed(1, count.value().intValue()).forEach(i -> tasks.add(Integer.toString(i)));
                }
                requireSize(row.number(), count.value().intValue());
            });
        }
        given.ifPresent(count -> {
            if (tasks.isEmpty()) {
                IntStream.rangeClosed(1, count).forEach(i -> tasks.add(Integer.toString(i)));
            }
            requireSize(1, count);
        });
        if (tasks.size() < 2) {
            throw new KarutaException(
                    file + " does not say how many tasks there are, or has one alone.",
                    "Give a column for each task, a column \"T\", or --tasks.");
        }
    }

    private void requireSize(int line, int count) {
        if (count != tasks.size()) {
            throw bad(
                    line,
                    count + " tasks are said, but there are " + tasks.size(),
                    "A table holds runs of one number of tasks. A column that is neither a task nor known is left out"
                            + " with --as HEADING=ignore.");
        }
    }

    private void take(String name, Csv.Row row) {
        if (name.equals(SAMPLES)) {
            perTask(row, (task, printed) -> counts.put(task, printed.value().intValueExact()));
        } else if (name.equals(MOST)) {
            perTask(row, (task, printed) -> most.put(task, printed.number()));
        } else {
            method(name, row);
        }
    }

    private interface PerTask {
        void take(int task, Printed printed);
    }

    private void perTask(Csv.Row row, PerTask sink) {
        taskAt.forEach((at, task) -> printed(row, at).ifPresent(printed -> {
            if (printed.number() <= 0) {
                throw bad(row.number(), printed + " is no number of samples or points", "Give one above zero.");
            }
            try {
                sink.take(task, printed);
            } catch (ArithmeticException broken) {
                throw bad(row.number(), printed + " is no whole number", "Samples are counted.");
            }
        }));
    }

    private void method(String name, Csv.Row line) {
        var row = stageAt.map(at -> row(line, line.cells().get(at))).orElse(new Row(Kind.STAGE, tasks.size()));
        var label = row.equals(new Row(Kind.STAGE, tasks.size()))
                ? ""
                : " (" + line.cells().get(stageAt.orElseThrow()) + ")";
        var items = methods.computeIfAbsent(name, is -> new ArrayList<>());
        Consumer<Item> add = item -> {
            if (items.stream().anyMatch(other -> other.source().equals(item.source()))) {
                throw bad(
                        line.number(),
                        "\"" + name + "\" has two numbers for " + item.label(),
                        "Name each method once, or tell its rows apart in a column \"after\".");
            }
            items.add(item);
        };
        taskAt.forEach((at, task) -> printed(line, at)
                .ifPresent(printed -> add.accept(new Item(tasks.get(task - 1) + label, printed, source(row, task)))));
        figureAt.forEach((at, column) -> printed(line, at).ifPresent(printed -> {
            if (row.kind != Kind.STAGE || row.stage != tasks.size()) {
                throw bad(
                        line.number(),
                        column.name() + " stands in a row that is not after the last task",
                        "Figures of a whole run stand in its last row.");
            }
            add.accept(new Item(column.name(), printed, new Figure(column, 0)));
        }));
    }

    private Source source(Row row, int task) {
        return switch (row.kind) {
            case STAGE -> new Score(new Cell(row.stage, task));
            case ITSELF -> new Score(new Cell(task, task));
            case FORGETTING -> new Figure(forgotten, task);
        };
    }

    private Row row(Csv.Row line, String cell) {
        var word = cell.strip().toLowerCase(Locale.ROOT);
        var named = tasks.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (named.contains(word)) {
            return new Row(Kind.STAGE, named.indexOf(word) + 1);
        }
        return switch (word) {
            case "", "last", "final" -> new Row(Kind.STAGE, tasks.size());
            case "0", "zero-shot", "before" -> new Row(Kind.STAGE, 0);
            case "itself", "immediate" -> new Row(Kind.ITSELF, 0);
            case "forget", "forgetting" -> new Row(Kind.FORGETTING, 0);
            default -> {
                if (!word.matches("\\d{1,4}") || Integer.parseInt(word) > tasks.size()) {
                    throw bad(
                            line.number(),
                            "there is no task \"" + cell + "\" after which a row could be",
                            "It is a task, its number, 0 (before training), itself (each task right after it was"
                                    + " learned), last, or forgetting.");
                }
                yield new Row(Kind.STAGE, Integer.parseInt(word));
            }
        };
    }

    private Optional<Printed> printed(Csv.Row row, int at) {
        var cell = row.cells().get(at);
        if (Printed.isBlank(cell)) {
            return Optional.empty();
        }
        return Optional.of(Printed.read(cell)
                .orElseThrow(() -> bad(
                        row.number(),
                        "\"" + cell + "\" is no number",
                        "Write 28.74, leave the cell empty, or leave its column out with --as HEADING=ignore.")));
    }

    private List<Column> columnsUsed() {
        var used = new ArrayList<>(figureAt.values());
        if (methods.values().stream()
                .flatMap(List::stream)
                .anyMatch(item -> item.source() instanceof Figure figure
                        && figure.column().equals(forgotten))) {
            used.add(forgotten);
        }
        return used;
    }

    /** Shares or percent. */
    private double scale() {
        var highest = methods.values().stream()
                .flatMap(List::stream)
                .mapToDouble(item -> Math.abs(item.printed().number()))
                .max()
                .orElse(PERCENT);
        return highest <= 1 ? 1 : PERCENT;
    }

    private KarutaException bad(int line, String what, String remedy) {
        return new KarutaException(file + ":" + line + ": " + what + ".", remedy);
    }
}
