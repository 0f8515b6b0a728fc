package karuta.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Backbone;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/**
 * One run of a backbone, which is asked about toy samples.
 *
 * @param backbone started
 * @param context of the run
 */
record BackboneTrial(Backbone backbone, ToyContext context) {

    /** How far logits may differ where a batch has other lengths, as a share of the largest: the rounding of float32. */
    static final double ROUNDING = 1e-3;

    /** Makes a backbone for a test, and frees it. */
    static Outcome of(Maker<? extends Backbone> maker, Function<BackboneTrial, Outcome> test) {
        try (var context = new ToyContext(1);
                var made = maker.make()) {
            return Autograd.noGrad(() -> {
                context.start(made.strategy());
                try (var scope = Scope.open()) {
                    return test.apply(new BackboneTrial(made.strategy(), context));
                }
            });
        }
    }

    /** The exercises; without their images if it has no use for any. */
    List<Sample> samples() {
        return backbone.spec().images() > 0
                ? Exercises.mixed()
                : Exercises.mixed().stream()
                        .map(sample -> sample.with(
                                new Query(List.of(), List.of(), sample.query().instruction())))
                        .toList();
    }

    /** What is said to samples, each with its answer. */
    List<Said> said(List<Sample> samples, List<Insert> inserts) {
        var prompted = prompted(samples, inserts);
        var batch = new Batch(prompted.stream().map(PromptedInput::input).toList(), answers(samples));
        return Said.of(Forward.of(backbone, batch, prompted), List.of());
    }

    /** What is said without inserts. */
    List<Said> said(List<Sample> samples) {
        return said(samples, List.of());
    }

    /** The scores of the samples' answers. */
    CausalLmOutput score(List<Sample> samples, List<Insert> inserts) {
        return backbone.score(prompted(samples, inserts), answers(samples));
    }

    /** What it answers. */
    List<String> generate(List<Sample> samples) {
        return backbone.generate(prompted(samples, List.of()));
    }

    private static List<String> answers(List<Sample> samples) {
        return samples.stream().map(Sample::answer).toList();
    }

    private List<PromptedInput> prompted(List<Sample> samples, List<Insert> inserts) {
        return samples.stream()
                .map(sample -> new Input(
                        0,
                        sample.query(),
                        sample.query().images().stream().map(backbone::encode).toList(),
                        new Guidance(Map.of()),
                        Optional.empty()))
                .map(input -> new PromptedInput(input, inserts))
                .toList();
    }
}
