package karuta.bench.score.caption;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * ROUGE-L (Lin, 2004) as pycocoevalcap computes it: precision and recall of the longest common subsequence, each the best
 * over the references, possibly of different ones. Nothing at all is one empty token, since the published code splits at
 * single spaces.
 */
final class RougeL {

    private static final double BETA = 1.2;

    private RougeL() {}

    static double value(Caption caption) {
        var said = caption.said();
        var precision = best(caption, reference -> (double) common(reference, said) / said.size());
        var recall = best(caption, reference -> (double) common(reference, said) / reference.size());
        return precision == 0 || recall == 0
                ? 0
                : (1 + BETA * BETA) * precision * recall / (recall + BETA * BETA * precision);
    }

    private static double best(Caption caption, ToDoubleFunction<List<String>> value) {
        return caption.references().stream().mapToDouble(value).max().orElseThrow();
    }

    private static int common(List<String> a, List<String> b) {
        var row = new int[b.size() + 1];
        for (var token : a) {
            var diagonal = 0;
            for (var j = 1; j < row.length; j++) {
                var above = row[j];
                row[j] = token.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[b.size()];
    }
}
