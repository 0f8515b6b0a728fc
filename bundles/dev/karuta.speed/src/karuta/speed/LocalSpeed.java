package karuta.speed;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.model.Devices;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;
import org.osgi.service.component.annotations.Component;

/** {@link Speed} on this machine. */
@Component
public final class LocalSpeed implements Speed {

    private static final Map<Precision, String> PYTHON =
            Map.of(Precision.FP32, "float32", Precision.BF16, "bfloat16", Precision.FP16, "float16");

    private static final List<Integer> CARDS = List.of(10, 100, 1_000, 10_000);

    @Override
    public Report measure(BenchSpec order, Optional<Peer> peer, Consumer<String> log) {
        return measureModel(order, peer, log).with(new SelectionSpeed(order.rounds(), log).measure(CARDS));
    }

    /** Everything but the selection. */
    Report measureModel(BenchSpec order, Optional<Peer> peer, Consumer<String> log) {
        TorchEngine.start();
        var precision = Precision.named(order.dtype());
        log.accept("loading " + order.model());
        try (var manager = TorchEngine.manager(Devices.of(order.device()));
                var scope = Scope.open()) {
            var model = LlavaModel.loadForPreprocessed(
                    new LlavaModel.Source(order.model(), Optional.empty(), precision, Optional.empty()),
                    manager,
                    Map.of());
            requireTransformers(order.model(), model.config());
            var batch = Batch.random(model, order.batch(), manager);
            try (var own = new KarutaRunner(model, batch, precision, manager)) {
                return measure(order, peer, log, precision, model, batch, own, manager);
            }
        }
    }

    private static void requireTransformers(Path folder, LlavaConfig config) {
        if (config.layout() != LlavaConfig.Layout.TRANSFORMERS) {
            throw new KarutaException(
                    folder + " is in the layout of the LLaVA repository.", "Give a folder of Transformers' layout.");
        }
    }

    private static Report measure(
            BenchSpec order,
            Optional<Peer> peer,
            Consumer<String> log,
            Precision precision,
            LlavaModel model,
            Batch batch,
            KarutaRunner own,
            NDManager manager) {
        var rows = Autograd.noGrad(
                () -> Arrays.stream(batch.sequences().lengths()).boxed().toList());
        var text = model.config().text();
        var width = rows.stream().mapToInt(row -> row).max().orElseThrow();
        var tokens = (double) rows.size() * width;
        var linears = text.linears().stream()
                .mapToDouble(linear -> 2.0 * linear.in() * linear.out())
                .sum();
        var head = 2.0 * text.hidden() * text.vocabulary() * rows.size();
        Optional<PythonRunner> other = peer.map(start -> {
            log.accept("starting " + start.python() + ", which loads the model");
            return peer(order, start, precision, batch, own);
        });
        try {
            var comparisons = compare(order.rounds(), own, other, log);
            return new Report(
                    rows,
                    comparisons,
                    2.0 * Workload.PRODUCTS * tokens * text.hidden() * text.intermediate(),
                    linears * tokens + head,
                    other.map(PythonRunner::libraries));
        } finally {
            other.ifPresent(PythonRunner::close);
        }
    }

    private static PythonRunner peer(BenchSpec order, Peer peer, Precision precision, Batch batch, KarutaRunner own) {
        var inputs = order.exchange().resolve("batch.safetensors");
        var adapter = order.exchange().resolve("adapter");
        Autograd.noGrad(() -> {
            batch.write(inputs);
            own.adapter().write(adapter, LlavaConfig.Layout.TRANSFORMERS, 0);
            return inputs;
        });
        var device = Devices.of(order.device());
        var command = Stream.of(
                        peer.python(),
                        peer.script(),
                        order.model(),
                        inputs,
                        adapter,
                        "--threads",
                        order.threads(),
                        "--dtype",
                        PYTHON.get(precision),
                        "--device",
                        device.equals(Device.cpu()) ? "cpu" : "cuda:" + device.getDeviceId(),
                        "--tokens",
                        Workload.TOKENS)
                .map(Object::toString)
                .toList();
        return PythonRunner.start(command, order.exchange());
    }

    /** Each work first once unmeasured on both sides, then in rounds in which the sides take turns to begin. */
    private static List<Comparison> compare(
            int rounds, Runner own, Optional<PythonRunner> other, Consumer<String> log) {
        var comparisons = new ArrayList<Comparison>();
        var clock = new Eta(Workload.values().length * (rounds + 1));
        for (var work : Workload.values()) {
            var mine = new ArrayList<Measurement>();
            var theirs = new ArrayList<Measurement>();
            for (var round = 0; round <= rounds; round++) {
                log.accept(work.title() + ", " + (round == 0 ? "warming up" : "round " + round + " of " + rounds)
                        + clock.left());
                var first = round % 2 == 0;
                if (first) {
                    mine.add(own.read(work));
                }
                other.ifPresent(side -> theirs.add(side.read(work)));
                if (!first) {
                    mine.add(own.read(work));
                }
                clock.tick();
            }
            comparisons.add(new Comparison(work, rest(mine), rest(theirs)));
        }
        return comparisons;
    }

    private static List<Measurement> rest(List<Measurement> readings) {
        return readings.isEmpty() ? readings : readings.subList(1, readings.size());
    }
}
