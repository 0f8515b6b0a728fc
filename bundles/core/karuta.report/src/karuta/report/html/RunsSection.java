package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.List;
import karuta.report.Block;
import karuta.report.Numbers;
import karuta.report.Result;

/**
 * The records that the page was made from.
 *
 * @param results what they hold
 * @param prefix of all ids
 */
record RunsSection(List<Result> results, String prefix) {

    private static final int DIGITS = 12;
    private static final List<String> HEADS =
            List.of("folder", "arm", "order", "seed", "status", "begun (UTC)", "seconds", "SHA-256");

    Section section() {
        var table = new Block.Table(
                "Records", HEADS, results.stream().map(RunsSection::row).toList(), List.of());
        return new Section(
                prefix + "runs",
                "Runs",
                "",
                tag("details")
                        .of(
                                tag("summary").of("The records that this page was made from"),
                                Tables.of(table, (row, column) -> column == 3 || column == 6 ? "" : "word")));
    }

    private static List<String> row(Result result) {
        var run = result.run();
        var sha256 = run.getSha256();
        return List.of(
                result.folder().path().getFileName().toString(),
                result.arm(),
                run.getOrder(),
                Long.toString(run.getSeed()),
                run.getStatus().toString(),
                run.getStarted().replaceFirst("\\.\\d+", "").replace('T', ' ').replace("Z", ""),
                Numbers.decimal(run.getSeconds(), 1),
                sha256 == null ? Numbers.NONE : sha256.substring(0, DIGITS));
    }
}
