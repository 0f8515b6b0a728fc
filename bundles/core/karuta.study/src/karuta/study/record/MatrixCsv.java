package karuta.study.record;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.study.ScoreMatrix;

/**
 * A score matrix as a table for spreadsheets: a row per stage, scores in percent, nothing in cells that are missing. A column is called {@code task
 * [scorer]}, one of a task that is watched only {@code task [scorer] (watched)}.
 */
final class MatrixCsv {

    private MatrixCsv() {}

    static String of(ScoreMatrix matrix) {
        var text = new StringBuilder(line("stage", heads(matrix)));
        for (var row : matrix.getRows()) {
            var scores = Stream.concat(row.getScores().stream(), row.getWatched().stream())
                    .map(score -> score.isNaN() ? "" : Csv.number(100 * score));
            text.append(line(Integer.toString(row.getStage()), scores));
        }
        return text.toString();
    }

    private static Stream<String> heads(ScoreMatrix matrix) {
        var tasks = Stream.concat(matrix.getTasks().stream(), matrix.getWatched().stream())
                .toList();
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> tasks.get(i)
                        + (matrix.getScorers().isEmpty()
                                ? ""
                                : " [" + matrix.getScorers().get(i) + "]")
                        + (i < matrix.getTasks().size() ? "" : " (watched)"));
    }

    private static String line(String first, Stream<String> others) {
        List<String> fields = Stream.concat(Stream.of(first), others).toList();
        return Csv.line(fields);
    }
}
