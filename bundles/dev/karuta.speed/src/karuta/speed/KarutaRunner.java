package karuta.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import karuta.api.BackboneSpec.Linear;
import karuta.api.RandomStream;
import karuta.lmm.batch.PaddedBatch;
import karuta.lmm.model.BatchAdapter;
import karuta.lmm.model.GreedyDecoder;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.peft.LoraAdapter;
import karuta.tensor.AdamW;
import karuta.tensor.Autograd;
import karuta.tensor.GradientClipping;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/** Karuta, computing as its backbone and its loop do. */
final class KarutaRunner implements Runner {

    private static final int RANK = 16;
    private static final double SCALE = 2;
    private static final double RATE = 1e-3; // as the other side's
    private static final double LIMIT = 1;

    private final LlavaModel model;
    private final Batch batch;
    private final NDArray prompt;
    private final NDArray states;
    private final NDArray weight;
    private final LoraAdapter adapter;
    private final AdamW promptOptimiser;
    private final AdamW loraOptimiser;

    /** @param manager of what is trained */
    KarutaRunner(LlavaModel model, Batch batch, Precision precision, NDManager manager) {
        this.model = model;
        this.batch = batch;
        prompt = Scope.keep(batch.prompt(), manager);
        var text = model.config().text();
        try (var scope = Scope.open()) {
            NDArray embeddings = Autograd.noGrad(() -> batch.sequences().embeddings());
            states = scope.keep(Ops.cast(embeddings.reshape(-1, text.hidden()), precision.type()));
            var shape = new Shape(text.intermediate(), text.hidden());
            weight = scope.keep(Ops.cast(manager.randomUniform(-1, 1, shape), precision.type()));
        }
        var draws = RandomStream.of(1, "speed").fork("lora");
        adapter = new LoraAdapter(text.linears().stream()
                .collect(Collectors.toMap(
                        Linear::name,
                        linear -> LoraLayer.fresh(
                                manager, linear.in(), linear.out(), RANK, SCALE, draws.fork(linear.name())))));
        promptOptimiser = optimiser(List.of(prompt));
        loraOptimiser = optimiser(adapter.matrices());
    }

    private static AdamW optimiser(List<NDArray> values) {
        return new AdamW(values, values.stream().map(value -> 1.0).toList(), AdamW.Config.DEFAULT);
    }

    LoraAdapter adapter() {
        return adapter;
    }

    @Override
    public Measurement read(Workload work) {
        System.gc(); // what earlier works left is not this one's
        PeakMemory.forget();
        var cpu = ProcessTime.seconds();
        var began = System.nanoTime();
        var value = value(work);
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Measurement(seconds, ProcessTime.seconds() - cpu, PeakMemory.read(), value);
    }

    private double value(Workload work) {
        try (var scope = Scope.open()) {
            return switch (work) {
                case PRODUCT -> Autograd.noGrad(this::products);
                case TOWER -> Autograd.noGrad(this::tower);
                case FORWARD -> Autograd.noGrad(() -> loss(batch, Map.of()).getFloat());
                case PROMPT_STEP -> step(() -> loss(batch.with(prompt), Map.of()), List.of(prompt), promptOptimiser);
                case PREFILL -> answer(1);
                case DECODE -> answer(Workload.TOKENS);
                case LORA_STEP ->
                    step(() -> loss(batch, BatchAdapter.ofAll(adapter.layers())), adapter.matrices(), loraOptimiser);
            };
        }
    }

    private double products() {
        var last = states;
        for (var i = 0; i < Workload.PRODUCTS; i++) {
            last = Ops.linear(states, weight);
        }
        Ops.cast(last, DataType.FLOAT32).get(0).getFloat(0); // waits for a GPU, too
        return 0;
    }

    private double tower() {
        var states = model.imageEncoder().vision().forward(batch.pixels());
        NDArray state = states.hidden().get(states.hidden().size() - 2);
        return Ops.cast(state, DataType.FLOAT32).abs().mean().getFloat();
    }

    private NDArray loss(Batch asked, Map<String, BatchAdapter> adapters) {
        var sequences = asked.sequences();
        NDArray states =
                model.llama().forward(sequences.embeddings(), sequences.pass().with(adapters, Map.of()));
        return Ops.crossEntropy(model.llama().logits(states, sequences.places()), sequences.labels());
    }

    /** As the engine's trainer does it. */
    private static double step(Supplier<NDArray> loss, List<NDArray> parameters, AdamW optimiser) {
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
        NDArray computed = Autograd.withGrad(loss);
        var gradients = Autograd.partial(computed, parameters);
        GradientClipping.norm(gradients.stream().flatMap(Optional::stream).toList(), LIMIT);
        optimiser.step(RATE, gradients);
        parameters.forEach(parameter -> parameter.setRequiresGradient(false));
        return computed.getFloat();
    }

    private double answer(int tokens) {
        PaddedBatch sequences = Autograd.noGrad(batch::sequences);
        return new GreedyDecoder(model.llama(), Set.of(), tokens)
                .decode(sequences.embeddings(), sequences.lengths(), sequences.pass()).stream()
                        .flatMapToLong(Arrays::stream)
                        .sum();
    }

    @Override
    public void close() {
        promptOptimiser.close();
        loraOptimiser.close();
    }
}
