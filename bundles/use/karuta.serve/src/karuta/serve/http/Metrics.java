package karuta.serve.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import karuta.serve.event.Asked;
import karuta.serve.event.Declined;
import karuta.serve.event.Watcher;

/** Counts what the service does, in Prometheus' text format 0.0.4. */
final class Metrics implements Watcher {

    private static final double[] SECONDS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64};

    private final Histogram seconds = new Histogram(SECONDS);
    private final Histogram batches = new Histogram(BATCHES);
    private final Map<String, Long> cards = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private long abstained;
    private long questionTokens;
    private long answerTokens;

    @Override
    public synchronized void asked(Asked event) {
        seconds.add(event.seconds());
        batches.add(event.batch());
        event.cards().forEach(taken -> cards.merge(taken.card(), 1L, Long::sum));
        abstained += event.abstained() ? 1 : 0;
        questionTokens += event.tokens().question();
        answerTokens += event.tokens().answer();
    }

    @Override
    public synchronized void declined(Declined event) {
        refused.merge("status=\"" + event.status() + "\",why=\"" + escaped(event.why()) + "\"", 1L, Long::sum);
    }

    /**
     * All of it.
     *
     * @param gauges what is so at this moment, by name
     */
    synchronized String text(Map<String, Number> gauges) {
        var text = new StringBuilder();
        seconds.write(text, "karuta_answer_seconds", "From a question's coming to its answer.");
        batches.write(text, "karuta_batch_size", "How many questions were answered together, for each question.");
        head(text, "karuta_card_taken_total", "How often a card was taken.", "counter");
        cards.forEach((card, count) -> line(text, "karuta_card_taken_total{card=\"" + escaped(card) + "\"}", count));
        head(text, "karuta_declined_total", "Requests that got no answer.", "counter");
        refused.forEach((labels, count) -> line(text, "karuta_declined_total{" + labels + "}", count));
        counter(text, "karuta_abstained_total", "Answers that no card is like the question.", abstained);
        counter(text, "karuta_question_tokens_total", "Tokens of questions.", questionTokens);
        counter(text, "karuta_answer_tokens_total", "Tokens of answers.", answerTokens);
        gauges.forEach((name, value) -> {
            head(text, name, "At this moment.", "gauge");
            line(text, name, value);
        });
        return text.toString();
    }

    private static void counter(StringBuilder text, String name, String help, long value) {
        head(text, name, help, "counter");
        line(text, name, value);
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, Number value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Cumulative buckets, as Prometheus has them. */
    private static final class Histogram {

        private final double[] bounds;
        private final long[] counts;
        private long count;
        private double sum;

        Histogram(double[] bounds) {
            this.bounds = bounds;
            this.counts = new long[bounds.length];
        }

        void add(double value) {
            for (var i = 0; i < bounds.length; i++) {
                counts[i] += value <= bounds[i] ? 1 : 0;
            }
            count++;
            sum += value;
        }

        void write(StringBuilder text, String name, String help) {
            head(text, name, help, "histogram");
            for (var i = 0; i < bounds.length; i++) {
                line(text, String.format(Locale.ROOT, "%s_bucket{le=\"%s\"}", name, bounds[i]), counts[i]);
            }
            line(text, name + "_bucket{le=\"+Inf\"}", count);
            line(text, name + "_sum", sum);
            line(text, name + "_count", count);
        }
    }
}
