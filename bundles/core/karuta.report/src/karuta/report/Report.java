package karuta.report;

import java.util.ArrayList;
import java.util.List;
import karuta.study.record.ListedFiles;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/** What runs have shown. Read once; then printed in whatever form. */
public final class Report {

    private final TableChoice choice;
    private final List<Comparison> comparisons;
    private final List<String> notes;
    private final List<String> damages;

    private Report(List<Result> results, List<String> damages, TableChoice choice) {
        this.choice = choice;
        this.notes = new ArrayList<>();
        this.comparisons = Comparison.of(results, notes);
        this.damages = damages;
        results.stream()
                .filter(result -> result.matrix().isEmpty())
                .forEach(result -> notes.add(result.folder().path() + " has no complete row ("
                        + result.run().getStatus() + ")"));
        results.stream().flatMap(result -> checkpoints(result).stream()).forEach(notes::add);
        var unsealed = results.stream()
                .filter(result -> !ListedFiles.isSealed(result.run()))
                .map(result -> result.folder().path().toString())
                .toList();
        if (!unsealed.isEmpty()) {
            notes.add("an older version wrote these, without SHA-256; their form alone was checked: "
                    + String.join(", ", unsealed));
        }
    }

    /**
     * Reads the records of runs. Those that cannot stand in one table (another benchmark, other tasks or data, the same arm
     * with other settings) come in several, the newest last; of the same run the newest finished one is taken.
     *
     * @param folders at least one
     * @throws RecordException if no record can be read
     */
    public static Report of(List<RunFolder> folders) {
        return of(folders, TableChoice.DEFAULT);
    }

    /** The same with other metrics, or another arm to compare with. */
    public static Report of(List<RunFolder> folders, TableChoice choice) {
        var results = new ArrayList<Result>();
        var damages = new ArrayList<String>();
        for (var folder : folders) {
            try {
                results.add(readable(Result.read(folder)));
            } catch (RecordException damaged) {
                damages.add(damaged.getMessage());
            }
        }
        if (results.isEmpty()) {
            throw new RecordException(String.join("\n", damages));
        }
        damages.addAll(SeparabilityTable.damages(results));
        return new Report(results, damages, choice);
    }

    /** A record without hashes may be anything: it is printed once, alone. */
    private static Result readable(Result result) {
        if (!ListedFiles.isSealed(result.run())) {
            try {
                new Report(List.of(result), List.of(), TableChoice.DEFAULT).text();
            } catch (RecordException damaged) {
                throw damaged;
            } catch (RuntimeException unforeseen) {
                throw new RecordException(
                        result.folder().path() + " holds no record of a run that can be shown: " + unforeseen,
                        unforeseen);
            }
        }
        return result;
    }

    private static List<String> checkpoints(Result result) {
        var damaged = new ArrayList<String>();
        for (var stage : ListedFiles.checkpoints(result.run())) {
            try {
                if (result.folder().hasCheckpoint(stage)) {
                    result.folder().checkCheckpoint(result.run(), stage);
                }
            } catch (RecordException bad) {
                damaged.add(bad.getMessage() + " (the scores are not touched; the same `karuta run` makes it anew)");
            }
        }
        return damaged;
    }

    /** What was left out since it is damaged, and why. */
    public List<String> damages() {
        return damages;
    }

    /** The names of all arms. */
    public List<String> arms() {
        return comparisons.stream()
                .flatMap(comparison -> comparison.results().stream())
                .map(Result::arm)
                .distinct()
                .toList();
    }

    /** What can stand in one table, the newest runs last. */
    public List<Comparison> comparisons() {
        return comparisons;
    }

    /** What must be known of single runs: without a row, there twice, a damaged checkpoint. */
    public List<String> notes() {
        return notes;
    }

    /** For the console: columns aligned with spaces. */
    public String text() {
        return PlainText.of(blocks());
    }

    /** For Markdown, with pipe tables. */
    public String markdown() {
        return Markdown.of(blocks());
    }

    /** For scripts. */
    public String json() {
        return new ReportJson(choice).of(comparisons, notes, damages);
    }

    private List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        comparisons.forEach(comparison -> blocks.addAll(blocks(comparison)));
        if (!notes.isEmpty()) {
            blocks.add(new Block.Heading("Notes"));
            blocks.add(new Block.Lines(notes));
        }
        return blocks;
    }

    private List<Block> blocks(Comparison comparison) {
        var groups = comparison.groups();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading("Study " + comparison.study()));
        blocks.add(new Block.Lines(comparison.origins()));
        comparison.apart().ifPresent(why -> blocks.add(new Block.Lines(List.of("in a table of its own: " + why))));
        groups.forEach(group -> blocks.add(ScoreTables.matrix(group)));
        comparison.results().stream()
                .filter(result -> !result.finished())
                .flatMap(result -> ScoreTables.unfinished(result).stream())
                .forEach(blocks::add);
        if (groups.isEmpty()) {
            blocks.add(new Block.Lines(List.of("No run has finished, so there are no metrics.")));
        } else {
            comparison.separability().ifPresent(blocks::add);
            blocks.addAll(comparison.selections());
            comparison.watched().ifPresent(blocks::add);
            comparison.costs().ifPresent(blocks::add);
            blocks.addAll(comparison.orders(choice));
            blocks.addAll(comparison.differences(choice));
            blocks.add(comparison.summary(choice));
            blocks.add(comparison.definitions(choice));
        }
        return blocks;
    }
}
