package karuta.study.record;

import java.util.List;
import java.util.stream.Stream;
import karuta.study.ScoreMatrix;

/** A score matrix as a table for spreadsheets: a row per stage, scores in percent. */
final class MatrixCsv {

    private MatrixCsv() {}

    static String of(ScoreMatrix matrix) {
        var text = new StringBuilder(line("stage", matrix.getTasks().stream()));
        for (var row : matrix.getRows()) {
            var scores = row.getScores().stream().map(score -> Csv.number(100 * score));
            text.append(line(Integer.toString(row.getStage()), scores));
        }
        return text.toString();
    }

    private static String line(String first, Stream<String> others) {
        List<String> fields = Stream.concat(Stream.of(first), others).toList();
        return Csv.line(fields);
    }
}
