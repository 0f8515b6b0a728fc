package karuta.check;

import static karuta.check.Verdicts.fails;
import static karuta.check.Verdicts.passes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.Benchmark;
import karuta.api.CausalLmOutput;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.ReferenceScorer;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;
import karuta.api.StrategyBase;
import karuta.api.Task;
import karuta.api.VisionFeatures;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.tensor.Ops;
import karuta.tiny.TinyBackbone;
import karuta.tiny.TinyEncoder;
import org.junit.jupiter.api.Test;

/** Faults that are planted in encoders, backbones, benchmarks and scorers are found, and told as what they are. */
class FaultyFrozenTest {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static Report encoder(Supplier<GuidanceEncoder> encoder) {
        return Checks.encoder("encoder", Maker.of(encoder));
    }

    private static Report backbone(Supplier<Backbone> backbone) {
        return Checks.backbone("backbone", Maker.of(backbone));
    }

    private static Report benchmark(Supplier<Benchmark> benchmark) {
        return Checks.benchmark("benchmark", Maker.of(benchmark), Optional.empty());
    }

    private static Report scorer(Scorer scorer) {
        return Checks.scorer("scorer", Maker.of(() -> scorer), Rubric.words());
    }

    @Test
    void theSmallModelsPass() {
        passes(encoder(TinyEncoder::new));
        passes(backbone(() -> new TinyBackbone(8)));
        passes(benchmark(Toys::new));
        passes(scorer((ReferenceScorer) (answer, reference) -> answer.equals(reference) ? 1 : 0));
    }

    /** The toy encoder with something wrong. */
    private static class Encoder extends StrategyBase implements GuidanceEncoder {

        private final ToyContext toys = new ToyContext(1);

        @Override
        public String fingerprint() {
            return toys.encoder().fingerprint();
        }

        @Override
        public Map<String, Integer> sizes() {
            return toys.encoder().sizes();
        }

        @Override
        public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
            return toys.encoder().image(image, vision);
        }

        @Override
        public Map<String, NDArray> text(String instruction) {
            return toys.encoder().text(instruction);
        }

        @Override
        public void close() {
            toys.close();
        }
    }

    @Test
    void anEncoderThatCountsIsNamed() {
        fails(
                encoder(() -> new Encoder() {
                    @Override
                    public Map<String, NDArray> text(String instruction) {
                        var feature = super.text(instruction).get(Guidance.TEXT);
                        return Map.of(Guidance.TEXT, Ops.plus(feature, COUNTER.incrementAndGet()));
                    }
                }),
                Set.of("the same features whenever it is asked", "the same features in every run"),
                "the same features whenever it is asked",
                "It gets other features when it is asked again");
    }

    @Test
    void anEncoderThatLiesAboutItsSizeIsNamed() {
        fails(
                encoder(() -> new Encoder() {
                    @Override
                    public Map<String, Integer> sizes() {
                        return Map.of(Guidance.IMAGE, 6, Guidance.TEXT, 7);
                    }
                }),
                "sizes and features",
                "has the shape (6), and sizes() says 7");
    }

    @Test
    void anEncoderThatIsBlindIsNamed() {
        fails(
                encoder(() -> new Encoder() {
                    @Override
                    public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
                        return Map.of(
                                Guidance.IMAGE,
                                super.image(image, vision).get(Guidance.IMAGE).onesLike());
                    }
                }),
                "finite features that differ",
                "is that of image 0, too");
    }

    @Test
    void anEncoderThatTakesTheFeaturesOfAnotherTowerIsNamed() {
        fails(
                encoder(() -> new Encoder() {
                    @Override
                    public Map<String, NDArray> image(Image image, Optional<VisionFeatures> vision) {
                        return vision.map(seen -> Map.of(Guidance.IMAGE, seen.pooled()))
                                .orElseGet(() -> super.image(image, vision));
                    }
                }),
                "features of another tower are not taken for its own",
                "What another tower made of an image changes its features");
    }

    @Test
    void anEncoderThatIsNotFreedIsNamed() {
        fails(
                encoder(() -> new Encoder() {
                    @Override
                    public void close() {}
                }),
                "disposal frees native memory",
                "arrays in PyTorch's memory");
    }

    /** The small model with something wrong. */
    private static class Model extends StrategyBase implements Backbone {

        private final TinyBackbone model = new TinyBackbone(4);

        @Override
        public BackboneSpec spec() {
            return model.spec();
        }

        @Override
        public NDArray embeddings() {
            return model.embeddings();
        }

        @Override
        public VisionFeatures encode(Image image) {
            return model.encode(image);
        }

        @Override
        public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
            return model.score(batch, answers);
        }

        @Override
        public List<String> generate(List<PromptedInput> batch) {
            return model.generate(batch);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    @Test
    void aBackboneThatIgnoresInsertsIsNamed() {
        fails(
                backbone(() -> new Model() {
                    @Override
                    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
                        return super.score(
                                batch.stream()
                                        .map(sample -> new PromptedInput(sample.input(), List.of()))
                                        .toList(),
                                answers);
                    }
                }),
                Set.of("inserts act, and empty ones do not", "gradients reach inserts and nothing else"),
                "inserts act, and empty ones do not",
                "It does not change what is said");
    }

    @Test
    void aBackboneThatRefusesAllInsertsIsNamed() {
        fails(
                backbone(() -> new Model() {
                    @Override
                    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
                        if (batch.stream().anyMatch(sample -> !sample.inserts().isEmpty())) {
                            throw new KarutaException("It takes no inserts.", "Use another one.");
                        }
                        return super.score(batch, answers);
                    }
                }),
                Set.of("inserts act, and empty ones do not", "gradients reach inserts and nothing else"),
                "inserts act, and empty ones do not",
                "It refuses all of them");
    }

    @Test
    void aBackboneThatRefusesAKindOfInsertInWordsPasses() {
        var report = backbone(() -> new Model() {
            @Override
            public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
                if (batch.stream()
                        .flatMap(sample -> sample.inserts().stream())
                        .anyMatch(Insert.Prefix.class::isInstance)) {
                    throw new KarutaException("It takes no prefixes.", "Use another one.");
                }
                return super.score(batch, answers);
            }
        });
        passes(report);
        assertTrue(report.toString().contains("it refuses a prefix at layer"), report::toString);
    }

    @Test
    void aBackboneWhoseLossIsASumIsNamed() {
        fails(
                backbone(() -> new Model() {
                    @Override
                    public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
                        var output = super.score(batch, answers);
                        return new CausalLmOutput(
                                output.logits(),
                                output.labels(),
                                output.lengths(),
                                Ops.scale(output.loss(), batch.size()));
                    }
                }),
                "scores of given answers",
                "the mean cross-entropy of the logits");
    }

    @Test
    void aBackboneThatAnswersByPlaceInTheBatchIsNamed() {
        fails(
                backbone(() -> new Model() {
                    @Override
                    public List<String> generate(List<PromptedInput> batch) {
                        return IntStream.range(0, batch.size())
                                .mapToObj(Integer::toString)
                                .toList();
                    }
                }),
                "a sample is answered as if it were alone",
                "It answers a sample otherwise where it is alone");
    }

    /** Two toy tasks. */
    private static class Toys implements Benchmark {

        @Override
        public List<String> tasks() {
            return List.of("task1", "task2");
        }

        @Override
        public Task task(String name) {
            if (!tasks().contains(name)) {
                throw new KarutaException("There is no task " + name + ".", "Choose another one.");
            }
            var samples = ToyTasks.samples(name.charAt(4) - '0', 9);
            return new Task(name, samples.subList(0, 6), samples.subList(6, 9), "exact");
        }
    }

    private static Report changed(Function<Task, Task> fault) {
        return benchmark(() -> new Toys() {
            @Override
            public Task task(String name) {
                return fault.apply(super.task(name));
            }
        });
    }

    @Test
    void samplesThatChangeBetweenReadingsAreNamed() {
        fails(
                changed(task -> task.with(
                        task.train().stream()
                                .map(sample ->
                                        new Sample(sample.id(), sample.query(), "answer " + COUNTER.incrementAndGet()))
                                .toList(),
                        task.test())),
                Set.of("the same samples at every reading", "the same samples in every run"),
                "the same samples at every reading",
                "The samples are others when the task is read again");
    }

    @Test
    void twoSamplesWithOneIdAreNamed() {
        fails(
                changed(task -> task.with(
                        task.train().stream()
                                .map(sample -> new Sample("same", sample.query(), sample.answer()))
                                .toList(),
                        task.test())),
                "samples have ids of their own",
                "Two samples have the id \"same\"");
    }

    @Test
    void aTestSampleThatIsTrainedOnIsNamed() {
        fails(
                changed(task -> task.with(task.train(), task.train().subList(0, 1))),
                "nothing is tested that is trained on",
                "The test sample \"s0\" is the training sample \"s0\"");
    }

    @Test
    void aTaskThatNobodyHasButThatIsReadIsNamed() {
        fails(
                benchmark(() -> new Toys() {
                    @Override
                    public Task task(String name) {
                        return super.task(tasks().contains(name) ? name : "task1");
                    }
                }),
                "an unknown task is refused",
                "It reads a task that it does not have");
    }

    @Test
    void scoresOutOfTheirRangeAreNamed() {
        fails(
                scorer((ReferenceScorer) (answer, reference) -> answer.equals(reference) ? 100 : 0),
                "scores from 0 to 1",
                "The figure is 9.09");
    }

    @Test
    void aScoreThatIsNoNumberIsNamed() {
        fails(
                scorer((ReferenceScorer)
                        (answer, reference) -> 0.0 / answer.length() * 0 + (answer.equals(reference) ? 1 : 0)),
                Set.of("scores from 0 to 1", "right answers count at least as much as wrong ones"),
                "scores from 0 to 1",
                "NaN");
    }

    @Test
    void aScorerThatCountsIsNamed() {
        fails(
                scorer((ReferenceScorer)
                        (answer, reference) -> answer.equals(reference) || COUNTER.incrementAndGet() % 7 == 0 ? 1 : 0),
                Set.of("the same scores whenever it is asked", "scores do not depend on the order"),
                "the same scores whenever it is asked",
                "The same answers get other scores");
    }

    @Test
    void aScorerThatForgetsAnAnswerIsNamed() {
        fails(
                scorer(responses -> Scores.mean(responses.stream()
                        .filter(response -> !response.answer().isEmpty())
                        .map(response -> new Scores.Score(
                                response.answer().equals(response.sample().answer()) ? 1 : 0, response.answer()))
                        .toList())),
                "a score for every answer",
                "33 answers got 30 scores");
    }

    @Test
    void aScorerWhoseLowScoresAreGoodIsNamed() {
        fails(
                scorer((ReferenceScorer) (answer, reference) -> answer.equals(reference) ? 0 : 1),
                "right answers count at least as much as wrong ones",
                "Wrong answers count");
    }
}
