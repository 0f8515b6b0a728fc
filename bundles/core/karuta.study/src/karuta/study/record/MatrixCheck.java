package karuta.study.record;

import com.google.gson.JsonParseException;
import java.util.List;
import karuta.study.Row;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;

/**
 * Judges whether a matrix can be that of a run, whatever hashes say: each row is that of its stage, each score is one.
 * Where others have run and Karuta has scored, cells may be missing.
 */
final class MatrixCheck {

    /** Nearly all rules end at 1; CIDEr, the largest, at 10. */
    static final int LARGEST = 10;

    private MatrixCheck() {}

    /**
     * Checks a matrix, and drops a row that the record of an unfinished run does not know yet: the matrix is written before
     * the record, and the process may have been killed in between.
     *
     * @return whether it had such a row
     * @throws JsonParseException if the matrix is not that of the run
     */
    static boolean check(ScoreMatrix matrix, Run run) {
        demand(matrix.getTasks().equals(run.getTasks()), "its tasks are not those of the run");
        demand(matrix.getWatched().equals(run.getWatched()), "its watched tasks are not those of the run");
        var columns = run.getTasks().size() + run.getWatched().size();
        demand(
                matrix.getScorers().isEmpty() || matrix.getScorers().size() == columns,
                "it names " + matrix.getScorers().size() + " scorers for " + columns + " columns");
        var rows = matrix.getRows();
        var known = run.getStages().size() + 1;
        var ahead = rows.size() > known && run.getStatus() != RunStatus.FINISHED;
        if (ahead) {
            rows.subList(known, rows.size()).clear();
        }
        demand(
                rows.size() == known,
                "it has " + rows.size() + " rows, and the run " + (known - 1)
                        + " stages after the row before training");
        for (var i = 0; i < rows.size(); i++) {
            check(rows.get(i), i, run);
        }
        return ahead;
    }

    private static void check(Row row, int i, Run run) {
        demand(row.getStage() == i, "row " + i + " is that of stage " + row.getStage());
        var learned = i == 0 ? List.of() : run.getStages().get(i - 1).getTasks();
        demand(row.getTrained().equals(learned), "row " + i + " says that " + row.getTrained() + " were learned");
        demand(
                row.getScores().size() == run.getTasks().size(),
                "row " + i + " has " + row.getScores().size() + " scores for "
                        + run.getTasks().size() + " tasks");
        demand(
                row.getWatched().size() == run.getWatched().size(),
                "row " + i + " has " + row.getWatched().size() + " scores for "
                        + run.getWatched().size() + " watched tasks");
        check(row.getScores(), i, run);
        check(row.getWatched(), i, run);
    }

    private static void check(List<Double> scores, int i, Run run) {
        for (var score : scores) {
            demand(
                    score >= 0 && score <= LARGEST || score.isNaN() && run.getImported() != null,
                    "row " + i + " has the score " + score + ", which is not from 0 to " + LARGEST);
        }
    }

    private static void demand(boolean right, String otherwise) {
        if (!right) {
            throw new JsonParseException(otherwise);
        }
    }
}
