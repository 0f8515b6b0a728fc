package karuta.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import karuta.api.Ability;
import karuta.api.KarutaException;
import karuta.api.ReferenceScorer;
import karuta.diagnosis.Fault;
import karuta.diagnosis.Finding;
import karuta.engine.catalog.Abilities;
import karuta.engine.catalog.Doctor;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.RuleFacts;
import karuta.engine.catalog.Source;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.lmm.check.Models;
import karuta.lmm.check.Models.CheckOptions;
import karuta.lmm.check.Models.CheckRequest;
import karuta.lmm.check.Models.Prompts;
import karuta.lmm.check.Models.RandomModelSpec;
import karuta.lmm.check.Report;
import karuta.speed.Speed;
import karuta.yaml.Suggestion;

/** The command line as a test types into it, with one strategy and with models that only note what they are asked. */
final class Console {

    /** One selector and four scoring rules, of which two can be made. */
    private record FewStrategies() implements Strategies {

        private static final Source SOURCE =
                new Source("a.bundle", "1.2.3", "dropins/a.jar", "1".repeat(64), "2".repeat(64));

        @Override
        public List<StrategyType> types() {
            var k = new OptionType(
                    "k",
                    OptionType.Form.WHOLE,
                    false,
                    Optional.of(List.of("3")),
                    new OptionType.Limits(Optional.of(1.0), Optional.empty()),
                    List.of(),
                    "How many.");
            return List.of(
                    new StrategyType(
                            Kind.SELECTOR,
                            "dual",
                            SOURCE,
                            Optional.of("A paper"),
                            "Both.",
                            List.of(k),
                            Optional.empty(),
                            new Abilities(Set.of(Ability.TEXT_FEATURES, Ability.IMAGE_FEATURES), Optional.empty())),
                    new StrategyType(
                            Kind.SCORER,
                            "box.coin",
                            SOURCE,
                            Optional.of("CoIN"),
                            "Reads boxes. It loses a digit.",
                            List.of(),
                            Optional.of(new RuleFacts(
                                    "grounding",
                                    "CoIN",
                                    "Grounding in CoIN",
                                    List.of("answers"),
                                    List.of("size", "image"),
                                    Optional.of("box.iou"))),
                            Abilities.NONE),
                    new StrategyType(Kind.SCORER, "box.iou", SOURCE, Optional.empty(), "True boxes.", List.of()),
                    new StrategyType(
                            Kind.SCORER,
                            "same",
                            SOURCE,
                            Optional.empty(),
                            "Equal.",
                            List.of(),
                            Optional.of(
                                    new RuleFacts("equality", "Us", "all", List.of(), List.of(), Optional.of("held"))),
                            Abilities.NONE),
                    new StrategyType(Kind.SCORER, "held", SOURCE, Optional.empty(), "Held.", List.of()));
        }

        @Override
        public Missing missing(Kind kind, String id) {
            return new Missing(
                    "there is no " + kind.key() + " \"" + id + "\"" + Suggestion.hint(id, List.of("dual")), "look");
        }

        @Override
        public Instance create(StrategyType type, Map<String, Object> options) {
            return switch (type.id()) {
                case "same" -> new Made((answer, reference) -> answer.equals(reference) ? 1 : 0);
                case "held" -> new Made((answer, reference) -> answer.contains(reference) ? 1 : 0);
                default -> throw new KarutaException("cannot be made", "do not try");
            };
        }
    }

    private record Made(ReferenceScorer strategy) implements Strategies.Instance {

        @Override
        public void close() {
            strategy.close();
        }
    }

    /** Finds what it is told to find. */
    static final class Oracle implements Models {

        final List<Object> asked = new ArrayList<>();
        Report report = new Report(1e-5, List.of(), List.of());

        @Override
        public Report check(CheckRequest request, CheckOptions options) {
            asked.add(request);
            asked.add(options);
            return report;
        }

        @Override
        public List<String> shapes() {
            return List.of();
        }

        @Override
        public void random(RandomModelSpec spec, Consumer<String> log) {
            asked.add(spec);
            log.accept("1.00 GiB");
        }

        @Override
        public void convert(Path in, Optional<Path> out, Consumer<String> log) {
            asked.add(in);
            asked.add(out);
            log.accept("3 tensors");
        }

        @Override
        public void importPrompts(Prompts prompts, Consumer<String> log) {
            asked.add(prompts);
            log.accept("found 2 task(s)");
        }

        @Override
        public void importAdapter(Path adapter, Path out, Consumer<String> log) {
            asked.addAll(List.of(adapter, out));
            log.accept("found a LoRA");
        }

        @Override
        public void exportAdapters(Path checkpoint, Path model, Path out, Consumer<String> log) {
            asked.addAll(List.of(checkpoint, model, out));
            log.accept("a LoRA");
        }
    }

    /** Has one fault wherever it is looked at. */
    private record Patient() implements Doctor {

        private static Finding found(String where) {
            return new Finding(Fault.NO_BUNDLE, where, "is no OSGi bundle", "build it");
        }

        @Override
        public List<Finding> dropped(Duration limit, Witness witness) {
            return List.of(new Finding(Fault.UNTRIED, "dropins/a.jar", "was not tried", "name a study"));
        }

        @Override
        public List<Finding> examine(Map<String, Path> jars, Duration limit, Witness witness) {
            return jars.keySet().stream().map(Patient::found).toList();
        }

        @Override
        public Optional<Finding> attempt(
                StrategyType type, Map<String, Object> options, String where, Duration limit, Witness witness) {
            return Optional.of(found(where));
        }

        @Override
        public boolean isLeftWithCode() {
            return false;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    final Oracle models = new Oracle();
    final Doctor doctor = new Patient();
    private final Speed speed = (order, peer, log) -> {
        throw new AssertionError("nothing is measured here");
    };

    int karuta(String... arguments) {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return CommandLines.of(new FewStrategies(), doctor, models, speed, terminal)
                .execute(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** Forgets what was printed. */
    void clear() {
        out.reset();
    }
}
