package karuta.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import karuta.model.run.RecordException;
import karuta.model.run.RunFolder;

/** What runs have shown. Read once; then printed in whatever form. */
public final class Report {

    private final List<Result> results;
    private final List<Group> groups;

    private Report(List<Result> results) {
        this.results = results;
        this.groups = Group.of(results.stream().filter(Result::finished).toList());
    }

    /**
     * Reads the records of runs. Their arms come in the order in which they were started.
     *
     * @param folders at least one
     * @throws RecordException if a record is damaged, or if the runs do not belong into one table: other tasks, another
     *     benchmark, the same arm with other settings, the same run twice
     */
    public static Report of(List<RunFolder> folders) {
        var results = folders.stream()
                .map(Result::read)
                .sorted(Comparator.comparing(result -> result.run().getStarted()))
                .toList();
        Compatibility.check(results);
        return new Report(results);
    }

    /** For the console: columns aligned with spaces. */
    public String text() {
        return PlainText.of(blocks());
    }

    /** For Markdown, with pipe tables. */
    public String markdown() {
        return Markdown.of(blocks());
    }

    private List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        var first = results.get(0).run();
        blocks.add(new Block.Heading("Study " + first.getStudy()));
        blocks.add(new Block.Lines(List.of(
                "benchmark " + Compatibility.describe(first.getBenchmark()) + ", "
                        + first.getTasks().size() + " tasks",
                "backbone " + Compatibility.describe(first.getBackbone()) + ", encoder "
                        + Compatibility.describe(first.getEncoder()))));
        groups.forEach(group -> blocks.add(ScoreTables.matrix(group)));
        results.stream()
                .filter(result -> !result.finished())
                .flatMap(result -> ScoreTables.unfinished(result).stream())
                .forEach(blocks::add);
        if (groups.isEmpty()) {
            blocks.add(new Block.Lines(List.of("No run has finished, so there are no metrics.")));
        } else {
            SelectionTable.of(groups).ifPresent(blocks::add);
            blocks.add(CostTable.of(groups));
            blocks.addAll(ScoreTables.differences(groups));
            blocks.add(ScoreTables.summary(groups));
            blocks.add(ScoreTables.definitions());
        }
        return blocks;
    }
}
