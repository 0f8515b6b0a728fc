package karuta.lmm.check;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.ClipNames;
import karuta.lmm.config.Json;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.exchange.AdapterExport;
import karuta.lmm.exchange.LoraImport;
import karuta.lmm.modalprompt.PromptImport;
import karuta.lmm.model.ClipModel;
import karuta.lmm.model.Devices;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.peft.LoraAdapter;
import karuta.lmm.peft.SoftPrompt;
import karuta.lmm.pickle.Conversion;
import karuta.lmm.random.LlavaShape;
import karuta.lmm.random.RandomLlava;
import karuta.safetensors.Dtype;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.StoredWeights;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;
import org.osgi.service.component.annotations.Component;

/** {@link Models} on this machine. */
@Component
public final class LocalModels implements Models {

    /** Default tolerances; in 16 bits the reference's own rounding is of this size. */
    private static final Map<Precision, Double> TOLERANCES =
            Map.of(Precision.FP32, 1e-5, Precision.BF16, 5e-2, Precision.FP16, 5e-3);

    private static final int MOST_LAYERS = 1000;

    @Override
    public Report check(CheckRequest request, CheckOptions options) {
        var precision = Precision.named(options.dtype());
        var tolerance = options.tolerance().orElse(TOLERANCES.get(precision));
        var type = Json.read(request.folder().resolve("config.json"))
                .text("model_type")
                .orElse("");
        try (var manager = TorchEngine.manager(Devices.of(options.device()));
                var file = new ReferenceFile(request.reference(), request.inputs(), manager);
                var scope = Scope.open()) {
            var findings = new Comparisons(file, tolerance);
            if (type.equals("clip")) {
                clip(request, precision, manager, file, findings);
                return findings.report(ClipCheck.INPUTS, ClipCheck.OUTPUTS);
            }
            llava(request, precision, manager, file, findings);
            return findings.report(LlavaCheck.INPUTS, LlavaCheck.OUTPUTS);
        }
    }

    private static void clip(
            CheckRequest request, Precision precision, NDManager manager, ReferenceFile file, Comparisons findings) {
        if (request.adapter().isPresent()) {
            throw new KarutaException(
                    request.folder() + " is a CLIP model, which takes no adapter.", "Leave out --adapter.");
        }
        var config = ClipConfig.read(request.folder());
        try (var stored = StoredWeights.open(request.folder(), manager, precision.read())) {
            var read = new ReadWeights(stored.renamed(new ClipNames(stored.names())));
            var model = new ClipModel(config, precision.of(read));
            read.requireAllRead();
            new ClipCheck(config, model, file, findings).run();
        }
    }

    private static void llava(
            CheckRequest request, Precision precision, NDManager manager, ReferenceFile file, Comparisons findings) {
        var source = new LlavaModel.Source(request.folder(), tower(request), precision, Optional.empty());
        var config = LlavaConfig.read(source.folder(), source.tower());
        var soft = request.adapter()
                .filter(SoftPrompt::matches)
                .map(folder -> SoftPrompt.read(folder, config.text().hidden(), manager));
        var adapter = request.adapter()
                .filter(folder -> !SoftPrompt.matches(folder))
                .map(folder -> adapter(config, folder, manager))
                .orElse(new LoraAdapter(Map.of()));
        var model = Autograd.withGrad(() -> LlavaModel.loadForPreprocessed(source, manager, adapter.others()));
        new LlavaCheck(model, adapter, soft, file, findings).run();
    }

    private static LoraAdapter adapter(LlavaConfig config, Path folder, NDManager manager) {
        var adapter = LoraAdapter.readAll(folder, config.text().linears(), manager);
        adapter.matrices().forEach(matrix -> matrix.setRequiresGradient(true));
        return adapter;
    }

    /** Models of the LLaVA repository say where their tower is; that may be a folder in theirs. */
    private static Optional<Path> tower(CheckRequest request) {
        return request.tower()
                .or(() -> Json.read(request.folder().resolve("config.json"))
                        .text("mm_vision_tower")
                        .map(request.folder()::resolve)
                        .filter(Files::isDirectory));
    }

    @Override
    public List<String> shapes() {
        return LlavaShape.names();
    }

    @Override
    public void random(RandomModelSpec spec, Consumer<String> log) {
        var shape = LlavaShape.of(spec.shape())
                .orElseThrow(() -> new KarutaException(
                        "There is no shape \"" + spec.shape() + "\".",
                        "Say one of " + String.join(", ", shapes()) + "."));
        var layers = spec.layers().orElse(shape.layers());
        if (layers < 1 || layers > MOST_LAYERS) {
            throw new KarutaException(
                    "A model of " + layers + " layers cannot be made.", "Say 1 to " + MOST_LAYERS + " layers.");
        }
        var dtype = switch (Precision.named(spec.dtype())) {
            case FP32 -> Dtype.F32;
            case BF16 -> Dtype.BF16;
            case FP16 -> Dtype.F16;
        };
        new RandomLlava(shape.withLayers(layers), dtype, spec.seed()).write(spec.out(), log);
    }

    @Override
    public void convert(Path in, Optional<Path> out, Consumer<String> log) {
        Conversion.of(in, out).run(log);
    }

    @Override
    public void importPrompts(Prompts prompts, Consumer<String> log) {
        new PromptImport(prompts.file(), prompts.tasks(), prompts.length(), prompts.vocabulary())
                .write(prompts.out(), log);
    }

    @Override
    public void importAdapter(Path adapter, Path out, Consumer<String> log) {
        new LoraImport(adapter).write(out, log);
    }

    @Override
    public void exportAdapters(Path checkpoint, Path model, Path out, Consumer<String> log) {
        new AdapterExport(checkpoint, model).write(out, log);
    }
}
