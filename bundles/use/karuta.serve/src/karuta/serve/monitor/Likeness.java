package karuta.serve.monitor;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;

/**
 * How like to a card the samples of its validation were, and what is asked lately.
 *
 * @param validation scores in ascending order
 * @param lately scores in ascending order
 */
record Likeness(double[] validation, double[] lately) {

    private static final int BINS = 24;

    /** Both as histograms over the same bins, with their medians; a side without scores has none. */
    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("validated", validation.length);
        json.addProperty("seen", lately.length);
        if (validation.length + lately.length == 0) {
            return json;
        }
        var all = new double[validation.length + lately.length];
        System.arraycopy(validation, 0, all, 0, validation.length);
        System.arraycopy(lately, 0, all, validation.length, lately.length);
        var from = Arrays.stream(all).min().orElseThrow();
        var to = Arrays.stream(all).max().orElseThrow();
        json.addProperty("from", from);
        json.addProperty("to", to);
        side(json, "validation", validation, from, to);
        side(json, "lately", lately, from, to);
        return json;
    }

    private static void side(JsonObject json, String name, double[] scores, double from, double to) {
        if (scores.length == 0) {
            return;
        }
        var counts = new double[BINS];
        for (var score : scores) {
            counts[to > from ? (int) Math.min(BINS - 1, (score - from) / (to - from) * BINS) : 0]++;
        }
        var shares = new JsonArray();
        Arrays.stream(counts).forEach(count -> shares.add(count / scores.length));
        json.add(name, shares);
        json.addProperty(name + "Median", scores[scores.length / 2]);
    }
}
