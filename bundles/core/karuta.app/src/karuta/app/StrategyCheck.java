package karuta.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import karuta.api.Backbone;
import karuta.api.Benchmark;
import karuta.api.Fusion;
import karuta.api.GuidanceEncoder;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Scorer;
import karuta.api.Selector;
import karuta.api.Strategy;
import karuta.check.Checks;
import karuta.check.Companions;
import karuta.check.Ensemble;
import karuta.check.Ground;
import karuta.check.Made;
import karuta.check.Made.Maker;
import karuta.check.Outcome.Unchecked;
import karuta.check.Property.Result;
import karuta.check.Report;
import karuta.check.Rubric;
import karuta.check.SmallModel;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.RuleFacts;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;

/**
 * Checks an installed strategy, by the properties of its kind. Its partners are those that it is given, or those of its own
 * bundle, or toys.
 */
final class StrategyCheck implements AutoCloseable {

    /** Sizes that toys have room for; what is larger by default is made so small. */
    private static final Map<String, Integer> SMALL =
            Map.of("rank", 8, "hidden", 16, "train", 40, "test", 20, "maxNewTokens", 8);

    /** What a sample says of itself, for all rules that need some of it. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "answers", Collections.nCopies(10, "cat"),
            "answer_type", List.of("text"),
            "question_type", List.of("free_form"),
            "image", List.of("AI2D_1.png"),
            "origin_answer_bbox", List.of("[10,20,30,40]"),
            "task", List.of("art"));

    private static final List<String> TEXTS = List.of("cat", "two dogs", "yes");
    private static final List<String> LETTERS = List.of("A", "B", "C");
    private static final List<String> BOXES = List.of("[0.10,0.20,0.50,0.60]", "[0.25,0.25,0.75,0.90]");
    private static final double CIDER = 10;

    private final Strategies strategies;
    private final Map<Kind, StrategyType> with;
    private final Map<String, String> set;
    private final Optional<SmallModel> small;
    private final Map<String, String> used = new TreeMap<>();
    private String subject = "";

    /**
     * @param with partners
     * @param set options of what is checked; of a partner with its kind in front, such as {@code pool.length}
     */
    StrategyCheck(Strategies strategies, Map<Kind, StrategyType> with, Map<String, String> set) {
        this.strategies = strategies;
        this.with = with;
        this.set = set;
        small = strategies
                .find(Kind.BACKBONE, "tiny")
                .flatMap(backbone -> strategies
                        .find(Kind.ENCODER, "tiny")
                        .map(encoder ->
                                SmallModel.open(made(backbone, Backbone.class), made(encoder, GuidanceEncoder.class))));
    }

    private Optional<Ground> model() {
        return small.map(Ground.class::cast);
    }

    @Override
    public void close() {
        small.ifPresent(SmallModel::close);
    }

    /** What was checked, and beside whom. */
    record Checked(StrategyType type, Map<String, String> beside, Report report) {}

    /** Checks a strategy. */
    Checked of(StrategyType type) {
        subject = type.name();
        used.clear();
        var report = type.options().stream()
                .filter(option -> option.defaults().isEmpty() && !set.containsKey(option.name()))
                .findFirst()
                .map(option -> unchecked(
                        type,
                        "It needs the option \"" + option.name() + "\" (" + option.allowed() + "): give it with --set "
                                + option.name() + "=..."))
                .orElseGet(() -> tried(type));
        return new Checked(type, new TreeMap<>(used), report);
    }

    private static Report unchecked(StrategyType type, String why) {
        return new Report(type.name(), List.of(new Result("can be started", new Unchecked(why))));
    }

    /** One that cannot be tried does not end the check of the others. */
    private Report tried(StrategyType type) {
        try {
            return report(type);
        } catch (KarutaException refused) {
            return unchecked(type, refused.getMessage());
        }
    }

    private Report report(StrategyType type) {
        var name = type.name();
        return switch (type.kind()) {
            case POOL, SELECTOR, FUSION, LEARNER, BASELINE -> arm(type);
            case ENCODER -> Checks.encoder(name, made(type, GuidanceEncoder.class));
            case BACKBONE -> Checks.backbone(name, made(type, Backbone.class));
            case BENCHMARK ->
                Checks.benchmark(name, made(type, Benchmark.class), given(Kind.BENCHMARK, Benchmark.class));
            case SCORER -> scorer(type);
            case PRETRAINING -> unchecked(type, "A pretraining has no contract that could be tried in minutes.");
        };
    }

    private Report scorer(StrategyType type) {
        var family = type.rule().map(RuleFacts::family).orElse("");
        var references = switch (family) {
            case "grounding" -> BOXES;
            case "multiple choice" -> LETTERS;
            default -> TEXTS;
        };
        var rubric = new Rubric(
                references, FIELDS, family.equals("captions") ? CIDER : 1, !family.equals("form of the answer"));
        return Checks.scorer(type.name(), made(type, Scorer.class), rubric);
    }

    private Report arm(StrategyType type) {
        var candidates = ensembles(type);
        var refusals = new ArrayList<String>();
        for (var candidate : candidates) {
            used.clear();
            var ensemble = candidate.get();
            var refusal = Checks.refusal(ensemble);
            if (refusal.isEmpty()) {
                return report(type, ensemble);
            }
            refusals.add(refusal.get().replaceAll("\\s+", " "));
        }
        return unchecked(
                type,
                "It refuses its partners, or its options on toys: "
                        + refusals.stream().distinct().collect(Collectors.joining(" / "))
                        + " Give others with --with KIND=ID and --set OPTION=VALUE.");
    }

    private Report report(StrategyType type, Ensemble ensemble) {
        return switch (type.kind()) {
            case SELECTOR -> Checks.selector(type.name(), made(type, Selector.class), ensemble, model());
            case FUSION -> Checks.fusion(type.name(), made(type, Fusion.class), ensemble, model());
            default -> Checks.ensemble(type.name(), ensemble, model());
        };
    }

    /** Who may learn with it, the likeliest first. */
    private List<Supplier<Ensemble>> ensembles(StrategyType type) {
        return switch (type.kind()) {
            case LEARNER, BASELINE ->
                List.of(
                        () -> Ensemble.alone(made(type, Learner.class)),
                        () -> Ensemble.over(made(type, Learner.class), below()),
                        () -> playing(type, made(type, Learner.class), true));
            default -> List.of(() -> playing(type, player(), true), () -> playing(type, player(), false));
        };
    }

    /**
     * A learner that plays cards.
     *
     * @param own whether partners of the strategy's own bundle are taken before toys
     */
    private Ensemble playing(StrategyType type, Maker<? extends Learner> player, boolean own) {
        return Ensemble.playing(
                player,
                partner(type, Kind.POOL, PromptPool.class, own, Companions.pool()),
                partner(type, Kind.SELECTOR, Selector.class, own, Companions.selector()),
                partner(type, Kind.FUSION, Fusion.class, own, Companions.fusion()));
    }

    private <T extends Strategy> Maker<? extends T> partner(
            StrategyType type, Kind kind, Class<T> contract, boolean own, Maker<? extends T> toy) {
        if (type.kind() == kind) {
            return made(type, contract);
        }
        var chosen = Optional.ofNullable(with.get(kind))
                .or(() -> own ? ofBundle(type, kind) : Optional.<StrategyType>empty());
        used.put(kind.key(), chosen.map(StrategyType::id).orElse("a toy"));
        return chosen.<Maker<? extends T>>map(partner -> made(partner, contract))
                .orElse(toy);
    }

    private Optional<StrategyType> ofBundle(StrategyType type, Kind kind) {
        return strategies.types().stream()
                .filter(other -> other.kind() == kind
                        && other.source().bundle().equals(type.source().bundle()))
                .findFirst();
    }

    private Maker<? extends Learner> below() {
        var chosen = Optional.ofNullable(with.get(Kind.BASELINE)).or(() -> Optional.ofNullable(with.get(Kind.LEARNER)));
        used.put("over", chosen.map(StrategyType::id).orElse("a toy"));
        return chosen.<Maker<? extends Learner>>map(type -> made(type, Learner.class))
                .orElse(Companions.below());
    }

    private Maker<? extends Learner> player() {
        var player = Optional.ofNullable(with.get(Kind.LEARNER))
                .or(() -> strategies.find(Kind.LEARNER, "prompt"))
                .orElseThrow(() -> new KarutaException(
                        "There is no learner \"prompt\", which plays pools, selectors and fusions.",
                        "Name one that does: --with learner=ID."));
        return made(player, Learner.class);
    }

    private <T extends Strategy> Optional<Maker<? extends T>> given(Kind kind, Class<T> contract) {
        return Optional.ofNullable(with.get(kind)).map(type -> {
            used.put("over", type.id());
            return made(type, contract);
        });
    }

    private <T extends Strategy> Maker<T> made(StrategyType type, Class<T> contract) {
        var options = options(type);
        return () -> {
            var instance = strategies.create(type, options);
            return new Made<>(contract.cast(instance.strategy()), instance::close);
        };
    }

    /** What is set for it, and small sizes for what is not. */
    private Map<String, Object> options(StrategyType type) {
        var given = new LinkedHashMap<String, String>();
        type.options().stream()
                .filter(option -> SMALL.containsKey(option.name()) && larger(option, SMALL.get(option.name())))
                .forEach(option ->
                        given.put(option.name(), SMALL.get(option.name()).toString()));
        var partner = type.kind().key() + ".";
        set.forEach((key, value) -> {
            if (key.startsWith(partner)) {
                given.put(key.substring(partner.length()), value);
            } else if (type.name().equals(subject) && key.indexOf('.') < 0) {
                given.put(key, value);
            }
        });
        if (!given.isEmpty()) {
            used.put(type.name().equals(subject) ? "options" : type.kind().key() + " options", given.toString());
        }
        return new GivenOptions(given).of(type);
    }

    private static boolean larger(OptionType option, int size) {
        return option.form() == OptionType.Form.WHOLE
                && !option.many()
                && option.defaults()
                        .filter(values -> Long.parseLong(values.get(0)) > size)
                        .isPresent();
    }
}
