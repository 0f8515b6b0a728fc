package karuta.bench.score.anls;

/** Levenshtein's distance. */
final class Levenshtein {

    private Levenshtein() {}

    /** How many characters must be put in, left out or exchanged. */
    static int distance(String a, String b) {
        var left = a.codePoints().toArray();
        var right = b.codePoints().toArray();
        var row = new int[right.length + 1];
        for (var j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (var i = 1; i <= left.length; i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var exchanged = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length];
    }
}
