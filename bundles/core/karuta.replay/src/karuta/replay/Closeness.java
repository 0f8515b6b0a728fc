package karuta.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import karuta.study.Run;

/**
 * How far the scores of two runs lie apart.
 *
 * @param farthest the largest distance of two cells of the matrices, in the unit of the scores
 * @param where that is; empty if all are equal
 * @param unequal how many cells differ
 * @param cells how many there are
 */
public record Closeness(double farthest, Optional<String> where, int unequal, int cells) {

    static Closeness of(Run a, Run b) {
        var cells = cells(a);
        var others = cells(b);
        cells.keySet().retainAll(others.keySet());
        var farthest = 0.0;
        var where = Optional.<String>empty();
        var unequal = 0;
        for (var cell : cells.entrySet()) {
            var distance = Math.abs(cell.getValue() - others.get(cell.getKey()));
            unequal += distance > 0 ? 1 : 0;
            if (distance > farthest) {
                farthest = distance;
                where = Optional.of(cell.getKey());
            }
        }
        return new Closeness(farthest, where, unequal, cells.size());
    }

    private static Map<String, Double> cells(Run run) {
        var cells = new LinkedHashMap<String, Double>();
        var matrix = run.getMatrix();
        for (var row : matrix.getRows()) {
            for (var i = 0; i < matrix.getTasks().size(); i++) {
                cells.put(
                        matrix.getTasks().get(i) + " after stage " + row.getStage(),
                        row.getScores().get(i));
            }
        }
        return cells;
    }
}
