package karuta.use.care;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.engine.catalog.Kind;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.StrategyConfig;

/**
 * What the keys of a pool's cards are, given the features of the samples that a card was trained with: what is left of a card's
 * training if all but its keys stays.
 */
sealed interface KeyRule {

    /**
     * The keys of a card.
     *
     * @param features of each sample, by name
     * @return the new row by the name of the card's array; empty where no sample has what it is made of
     */
    Map<String, float[]> keys(List<Map<String, float[]>> features);

    /** Whether what else was trained depends on which cards stood together, so that an old choice is worth keeping. */
    boolean isTrained();

    /**
     * ModalPrompt's prototype: what the alignment losses pull it to. These are {@code lossImage (1 - mean cos(u, p)) + lossText (1 -
     * mean cos(v, p))}, and of all p those are the least that point where the weighted sum of the mean unit features does. In
     * training p is made by a transform of the prompt, which ends near it; the transform was dropped, and the prompt stays.
     */
    record Aligned(double lossImage, double lossText) implements KeyRule {

        @Override
        public boolean isTrained() {
            return true;
        }

        @Override
        public Map<String, float[]> keys(List<Map<String, float[]>> features) {
            var image = new Mean(true);
            var text = new Mean(true);
            features.forEach(sample -> {
                image.add(sample.get(Guidance.IMAGE));
                text.add(sample.get(Guidance.TEXT));
            });
            return Mean.sum(lossImage, image, lossText, text)
                    .map(key -> Map.of("key", key))
                    .orElse(Map.of());
        }
    }

    /** The means of the features (HiDe-LLaVA, DISCO, DRAPE). */
    record Means() implements KeyRule {

        @Override
        public boolean isTrained() {
            return false;
        }

        @Override
        public Map<String, float[]> keys(List<Map<String, float[]>> features) {
            var means = new HashMap<String, Mean>();
            features.forEach(sample -> sample.forEach((name, feature) ->
                    means.computeIfAbsent(name, fresh -> new Mean(false)).add(feature)));
            var keys = new HashMap<String, float[]>();
            means.forEach((name, mean) -> mean.value().ifPresent(value -> keys.put("key." + name, value)));
            return keys;
        }
    }

    /** Pools whose keys are means. */
    Set<String> OF_MEANS = Set.of("pool.hide", "pool.disco", "pool.drape");

    /**
     * That of an arm.
     *
     * @throws KarutaException if its keys cannot be learned without the rest
     */
    static KeyRule of(ArmPlan arm) {
        var pool = arm.parts().stream()
                .filter(part -> part.type().kind() == Kind.POOL)
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The arm of the pool's study has no pool.",
                        "Only cards that are found by keys can be realigned."));
        var id = pool.type().id();
        if (id.equals("prototype")) {
            return new Aligned(number(pool, "lossImage"), number(pool, "lossText"));
        }
        if (OF_MEANS.contains(id)) {
            return new Means();
        }
        throw new KarutaException(
                "The keys of \"" + id
                        + "\" are learned together with what its cards insert: they cannot be learned alone.",
                "Learn the cards again with the new encoder. Those of prototype, pool.hide, pool.disco and pool.drape can be"
                        + " realigned.");
    }

    private static double number(StrategyConfig pool, String option) {
        return pool.type().options().stream()
                .filter(type -> type.name().equals(option))
                .findFirst()
                .flatMap(pool::texts)
                .map(texts -> Double.parseDouble(texts.get(0)))
                .orElseThrow();
    }
}
