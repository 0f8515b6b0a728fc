package karuta.engine.catalog;

import java.util.Arrays;
import java.util.Optional;
import karuta.api.Backbone;
import karuta.api.Baseline;
import karuta.api.Benchmark;
import karuta.api.Fusion;
import karuta.api.GuidanceEncoder;
import karuta.api.Learner;
import karuta.api.Pretraining;
import karuta.api.PromptPool;
import karuta.api.Scorer;
import karuta.api.Selector;
import karuta.api.Strategy;

/** The seams: what can be swapped. */
public enum Kind {
    BACKBONE("backbone", Backbone.KIND, Backbone.class),
    ENCODER("encoder", GuidanceEncoder.KIND, GuidanceEncoder.class),
    BENCHMARK("benchmark", Benchmark.KIND, Benchmark.class),
    SCORER("scorer", Scorer.KIND, Scorer.class),
    LEARNER("learner", Learner.KIND, Learner.class),
    BASELINE("baseline", Baseline.KIND, Baseline.class),
    POOL("pool", PromptPool.KIND, PromptPool.class),
    SELECTOR("selector", Selector.KIND, Selector.class),
    FUSION("fusion", Fusion.KIND, Fusion.class),
    PRETRAINING("pretraining", Pretraining.KIND, Pretraining.class);

    private final String word;
    private final String factory;
    private final Class<? extends Strategy> contract;

    Kind(String word, String factory, Class<? extends Strategy> contract) {
        this.word = word;
        this.factory = factory;
        this.contract = contract;
    }

    /** As people write it in a study: {@code selector}. */
    public String key() {
        return word;
    }

    /** The factory of its components: {@code karuta.selector}. */
    public String factory() {
        return factory;
    }

    /** What its strategies implement. */
    public Class<? extends Strategy> contract() {
        return contract;
    }

    /**
     * The id of a component of this kind: its name. Names are unique in a bundle; where one bundle brings strategies of
     * several kinds under one id, each name begins with the kind: {@code backbone.tiny}, {@code encoder.tiny}.
     */
    public String id(String component) {
        return component.startsWith(word + ".") ? component.substring(word.length() + 1) : component;
    }

    /** The kind that people write as {@code word}. */
    public static Optional<Kind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** The kind whose strategies implement this. */
    public static Optional<Kind> of(Class<?> contract) {
        return Arrays.stream(values()).filter(kind -> kind.contract == contract).findFirst();
    }

    /** The kind whose components have this factory. */
    public static Optional<Kind> ofFactory(String factory) {
        return Arrays.stream(values())
                .filter(kind -> kind.factory.equals(factory))
                .findFirst();
    }
}
