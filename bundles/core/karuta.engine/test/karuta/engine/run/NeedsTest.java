package karuta.engine.run;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.Ability;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.VisionFeatures;
import karuta.engine.catalog.Abilities;
import karuta.engine.catalog.Kind;
import karuta.engine.features.FrozenModels;
import karuta.engine.plan.Planner;
import karuta.engine.toy.PassingBackbone;
import karuta.engine.toy.Pupil;
import karuta.engine.toy.PupilBackbone;
import karuta.engine.toy.Toys;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NeedsTest {

    private static final String STUDY = """
        study: toys
        seeds: [1, 2]
        backbone: toy
        encoder: toy
        benchmark: toys
        training: {rate: 0.3, epochs: 3, batch: 3}
        arms:
          good: {learner: needy}
        """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final Toys toys = new Toys();

    /** A learner that needs something. */
    private void needy(Ability... needs) {
        toys.shelf()
                .with(Kind.LEARNER, "needy", options -> new Pupil())
                .declaring(new Abilities(Set.of(needs), Optional.empty()));
    }

    private void declaring(Kind kind, String id, Ability... given) {
        toys.shelf()
                .with(
                        kind,
                        id,
                        options -> kind == Kind.ENCODER
                                ? toys.context().encoder()
                                : toys.context().backbone())
                .declaring(new Abilities(Set.of(), Optional.of(Set.of(given))));
    }

    private List<String> refused(String study) {
        return assertThrows(
                        StudyException.class, () -> Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", study)))
                .getMessage()
                .lines()
                .toList();
    }

    @Test
    void whatAnEncoderDoesNotGiveIsToldBeforeItIsLoaded() {
        needy(Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES);
        declaring(Kind.ENCODER, "reader", Ability.TEXT_FEATURES);
        declaring(Kind.ENCODER, "watcher", Ability.IMAGE_FEATURES);
        assertEquals(
                List.of(
                        "toys.yaml:8: learner.needy needs a feature of images, and encoder.reader gives none; use an encoder"
                                + " of images, or a strategy that does without"),
                refused(STUDY.replace("encoder: toy", "encoder: reader")));
        assertEquals(
                List.of(
                        "toys.yaml:8: learner.needy needs a feature of texts, and encoder.watcher gives none; use an encoder"
                                + " of texts, or a strategy that does without"),
                refused(STUDY.replace("encoder: toy", "encoder: watcher")));
    }

    @Test
    void whatABackboneDoesNotGiveIsToldBeforeItIsLoaded() {
        needy(Ability.PROJECTOR, Ability.WEIGHTS, Ability.QUERY_EMBEDDINGS);
        declaring(Kind.BACKBONE, "service");
        assertEquals(
                List.of(
                        "toys.yaml:8: learner.needy needs linear layers between vision tower and decoder, and"
                                + " backbone.service gives none; use a backbone that has such a projector, or a strategy that"
                                + " leaves it alone",
                        "toys.yaml:8: learner.needy needs weights that can be read, and backbone.service gives none; use a"
                                + " backbone whose weights are there as numbers, neither quantised nor elsewhere",
                        "toys.yaml:8: learner.needy needs the embeddings of a query, and backbone.service gives none; use a"
                                + " backbone that tells them, or a strategy that does without"),
                refused(STUDY.replace("backbone: toy", "backbone: service")));
    }

    @Test
    void storedSamplesAreRefusedWhereTheStudyForbidsThem() {
        needy(Ability.STORED_SAMPLES);
        assertEquals(
                List.of("toys.yaml:9: learner.needy needs stored samples of earlier tasks, and the study says"
                        + " \"exemplarFree: true\"; take \"exemplarFree: true\" out of the study, or use a method that stores"
                        + " none"),
                refused("exemplarFree: true\n" + STUDY));
        assertEquals(
                2,
                Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", STUDY))
                        .runs()
                        .size());
    }

    @Test
    void theTrueTaskIsForArmsThatAreMarked() {
        needy(Ability.TRUE_TASK);
        assertEquals(
                List.of(
                        "toys.yaml:8: learner.needy needs the true task, and the arm is not marked as analysis; mark the arm"
                                + " \"analysis: true\"; it is then no method to compare with"),
                refused(STUDY));
        var marked = STUDY.replace("needy}", "needy, analysis: true}");
        assertEquals(
                2,
                Planner.plan(toys.shelf(), StudyReader.parse("toys.yaml", marked))
                        .runs()
                        .size());
    }

    @Test
    void needsBelowAWrapperCountToo() {
        needy(Ability.STORED_SAMPLES);
        toys.shelf().with(Kind.BASELINE, "over", options -> new Pupil());
        var refused = refused(
                "exemplarFree: true\n" + STUDY.replace("{learner: needy}", "{baseline: over, over: {learner: needy}}"));
        assertTrue(refused.get(0).contains("learner.needy needs stored samples"), refused.get(0));
    }

    /** An encoder that makes other features than it is thought to. */
    private record Other(GuidanceEncoder encoder, Map<String, Integer> sizes) implements GuidanceEncoder {

        @Override
        public String fingerprint() {
            return "other";
        }

        @Override
        public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
            return encoder.image(image, vision);
        }

        @Override
        public Map<String, NDArray> text(String instruction) {
            return encoder.text(instruction);
        }
    }

    @Test
    void whatIsNotDeclaredIsAskedOfTheLoadedModels() {
        needy(Ability.ONE_WIDTH);
        var sizes = Map.of(Guidance.IMAGE, 6, Guidance.TEXT, 5);
        toys.shelf()
                .with(Kind.ENCODER, "other", options -> new Other(toys.context().encoder(), sizes));
        var plan = Planner.plan(
                toys.shelf(), StudyReader.parse("toys.yaml", STUDY.replace("encoder: toy", "encoder: other")));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        var runner = new StudyRunner(toys.shelf(), plan, options, new StudyListener() {}, new CancellationToken());
        var refused = assertThrows(StudyException.class, runner::validate);
        assertEquals(
                "toys.yaml:8: learner.needy needs features of images and texts of one width, and encoder.other, as it is"
                        + " loaded, gives none; use an encoder that maps both into one space (for CLIP: \"text\": projected)",
                refused.getMessage());
    }

    @Test
    void everyAbilityOfLoadedModelsIsFoundOrMissed() {
        var encoder = toys.context().encoder();
        var all = EnumSet.allOf(Ability.class);
        assertEquals(all, given(toys.context().backbone(), encoder));
        assertAll(
                () -> missing(
                        given(toys.context().backbone(), new Other(encoder, Map.of(Guidance.TEXT, 6))),
                        Ability.IMAGE_FEATURES,
                        Ability.ONE_WIDTH),
                () -> missing(
                        given(toys.context().backbone(), new Other(encoder, Map.of(Guidance.IMAGE, 6))),
                        Ability.TEXT_FEATURES,
                        Ability.ONE_WIDTH),
                () -> missing(
                        given(new PupilBackbone(toys.context().backbone()), encoder),
                        Ability.WEIGHTS,
                        Ability.QUERY_EMBEDDINGS),
                () -> missing(
                        given(new Bare(toys.context().backbone()), encoder),
                        Ability.PROJECTOR,
                        Ability.WEIGHTS,
                        Ability.QUERY_EMBEDDINGS));
    }

    private Set<Ability> given(Backbone backbone, GuidanceEncoder encoder) {
        try (var models = new FrozenModels(backbone, encoder, "", folder)) {
            var given = EnumSet.noneOf(Ability.class);
            Arrays.stream(Ability.values()).filter(new GivenAbilities(models)).forEach(given::add);
            return given;
        }
    }

    private static void missing(Set<Ability> given, Ability... missing) {
        assertEquals(EnumSet.copyOf(List.of(missing)), EnumSet.complementOf(EnumSet.copyOf(given)));
    }

    /** A backbone without projector. */
    private record Bare(Backbone toy) implements PassingBackbone {

        @Override
        public BackboneSpec spec() {
            var spec = toy.spec();
            return new BackboneSpec(
                    spec.fingerprint(),
                    spec.hidden(),
                    spec.layers(),
                    spec.keyValueSize(),
                    spec.linears(),
                    List.of(),
                    spec.images());
        }
    }
}
