package karuta.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Backbone;
import karuta.api.CausalLmOutput;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Tokenization;
import karuta.engine.features.FrozenModels;
import karuta.study.Cost;
import karuta.study.KarutaFactory;
import karuta.tensor.Autograd;

/** Counts what the decoder of one run reads, and what its stages take. */
final class Meter implements BackboneObserver {

    private static final String PEAK = "VmHWM:";

    private final Backbone backbone;
    private final Flops flops;
    private final Map<Asked, Tokenization.Length> lengths = new HashMap<>();
    private Cost open = KarutaFactory.eINSTANCE.createCost();
    private long answered;
    private long prompted;
    private Duration processor = processor();

    /** A question with an answer, by the key of the question's content. */
    private record Asked(long key, String answer) {}

    Meter(Backbone backbone) {
        this.backbone = backbone;
        this.flops = Flops.of(backbone.spec());
    }

    /** The same models, whose backbone is counted. */
    FrozenModels over(FrozenModels models) {
        return models.observed(new ObservedBackbone(backbone, this));
    }

    @Override
    public synchronized void scored(List<PromptedInput> batch, List<String> answers, CausalLmOutput output) {
        var gradient = Autograd.records();
        for (var i = 0; i < batch.size(); i++) {
            var read = soft(batch.get(i)) + length(batch.get(i), answers.get(i)).whole();
            open.setScoredTokens(open.getScoredTokens() + read);
            open.setScoredFlops(open.getScoredFlops() + (gradient ? flops.withGradient(read) : flops.forward(read)));
        }
    }

    /** The last token of an answer is not read again. */
    @Override
    public synchronized void generated(List<PromptedInput> batch, List<String> answers) {
        for (var i = 0; i < batch.size(); i++) {
            var soft = soft(batch.get(i));
            var read = soft + length(batch.get(i), answers.get(i)).whole() - 1;
            open.setGeneratedTokens(open.getGeneratedTokens() + read);
            open.setGeneratedFlops(open.getGeneratedFlops() + flops.forward(read));
            prompted += soft;
            answered++;
        }
    }

    /** How many soft tokens are in front of a sample. */
    static long soft(PromptedInput sample) {
        return sample.inserts().stream()
                .filter(Insert.Tokens.class::isInstance)
                .mapToLong(insert ->
                        ((Insert.Tokens) insert).embeddings().getShape().get(0))
                .sum();
    }

    /** To the token: asked with no room left, a backbone cannot say that all fits without counting. */
    private Tokenization.Length length(PromptedInput sample, String answer) {
        var input = sample.input();
        return lengths.computeIfAbsent(
                new Asked(input.key(), answer),
                asked -> backbone.tokenization()
                        .map(tokens -> tokens.length(input.query(), answer, tokens.most()))
                        .orElse(new Tokenization.Length(0, 1)));
    }

    /**
     * What was taken since it was asked last; to be asked after a stage and its evaluation.
     *
     * @param state hash of what is kept after it
     */
    synchronized Cost take(int stage, String state) {
        var cost = open;
        var now = processor();
        cost.setStage(stage);
        cost.setState(state);
        cost.setPromptTokens(answered == 0 ? 0 : (double) prompted / answered);
        cost.setProcessorSeconds(now.minus(processor).toNanos() / 1e9);
        cost.setPeakBytes(peak().orElse(0L));
        open = KarutaFactory.eINSTANCE.createCost();
        answered = 0;
        prompted = 0;
        processor = now;
        lengths.clear();
        return cost;
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The process's highest resident memory in bytes; Linux alone tells it. */
    static Optional<Long> peak() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException noLinux) {
            return Optional.empty();
        }
    }
}
