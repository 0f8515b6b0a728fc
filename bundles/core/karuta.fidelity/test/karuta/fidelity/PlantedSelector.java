package karuta.fidelity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;

/** ModalPrompt's selector, written a second time in doubles, with room for a fault. */
final class PlantedSelector implements Selector {

    private static final AtomicLong CHANCE = new AtomicLong();

    private final Optional<Fault> fault;
    private final int k;
    private final double lambda;

    PlantedSelector(Optional<Fault> fault, Map<String, Object> options) {
        this.fault = fault;
        k = is(Fault.ONE_PROMPT) ? 1 : ((Number) options.get("k")).intValue();
        var said = ((Number) options.get("lambda")).doubleValue();
        lambda = is(Fault.EXCHANGED)
                ? 1 - said
                : is(Fault.EQUAL) ? 0.5 : is(Fault.IMAGE_ONLY) ? 1 : is(Fault.TEXT_ONLY) ? 0 : said;
    }

    private boolean is(Fault other) {
        return fault.equals(Optional.of(other));
    }

    @Override
    public List<Selection> select(Calls calls) {
        var samples = calls.samples();
        if (is(Fault.FIRST_SAMPLE)) {
            var first = select(
                    samples.get(0), feature(samples.get(0), Guidance.IMAGE), feature(samples.get(0), Guidance.TEXT));
            return calls.each(call -> first);
        }
        if (is(Fault.BATCH_MEAN)) {
            return calls.each(call -> select(call, mean(samples, Guidance.IMAGE), mean(samples, Guidance.TEXT)));
        }
        return calls.each(call -> select(call, feature(call, Guidance.IMAGE), feature(call, Guidance.TEXT)));
    }

    private double[] feature(Call call, String name) {
        return call.guidance()
                .feature(name)
                .map(Vectors::of)
                .orElseGet(() -> is(Fault.RANDOM_TEXT) ? noise() : new double[] {1, 0, 0, 0, 0, 0});
    }

    private static double[] noise() {
        var normals = RandomStream.of(CHANCE.incrementAndGet(), "noise").normals(6);
        return IntStream.range(0, 6).mapToDouble(i -> normals[i]).toArray();
    }

    private double[] mean(List<Call> samples, String name) {
        var mean = new double[6];
        samples.forEach(call -> {
            var own = feature(call, name);
            IntStream.range(0, 6).forEach(i -> mean[i] += own[i] / samples.size());
        });
        return mean;
    }

    private double score(double[] u, double[] v, Card card) {
        var image = Vectors.of(card.keys(Guidance.IMAGE).orElseThrow());
        var text = Vectors.of(card.keys(Guidance.TEXT).orElseThrow());
        if (is(Fault.RANDOM)) {
            return noise()[0];
        }
        if (is(Fault.DOT)) {
            return lambda * Vectors.dot(u, image) + (1 - lambda) * Vectors.dot(v, text);
        }
        if (is(Fault.DISTANCE)) {
            return -lambda * Vectors.distance(u, image) - (1 - lambda) * Vectors.distance(v, text);
        }
        return lambda * Vectors.cosine(u, image) + (1 - lambda) * Vectors.cosine(v, text);
    }

    private Selection select(Call call, double[] u, double[] v) {
        var training = call.cards().trainable().length > 0;
        var ranked = new ArrayList<Pick>();
        for (var card : call.cards().all()) {
            if (!card.trainable() || is(Fault.COMPETES)) {
                var told = is(Fault.TOLD)
                        && call.trueTask().equals(card.task())
                        && call.trueTask().isPresent();
                ranked.add(new Pick(card, told ? 2 : score(u, v, card)));
            }
        }
        if (!(is(Fault.NEWEST) && training)) {
            ranked.sort(Comparator.comparing(Pick::score));
        }
        if (is(Fault.WORST)) {
            Collections.reverse(ranked);
        }
        var seats = training && !is(Fault.COMPETES) && !is(Fault.K_EARLIER) ? k - 1 : k;
        var best = new ArrayList<>(ranked.subList(Math.max(0, ranked.size() - seats), ranked.size()));
        if (is(Fault.DESCENDING)) {
            Collections.reverse(best);
        }
        if (is(Fault.BY_AGE)) {
            best.sort(Comparator.comparing(pick -> call.cards().all().indexOf(pick.card())));
        }
        if (!is(Fault.COMPETES)) {
            call.cards().all().stream()
                    .filter(Card::trainable)
                    .forEach(card -> best.add(is(Fault.CURRENT_FIRST) ? 0 : best.size(), new Pick(card, Double.NaN)));
        }
        return new Selection(best);
    }
}
