package karuta.lmm.peft;

import static karuta.lmm.model.Reference.FIXTURES;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.RandomStream;
import karuta.lmm.config.LlavaConfig.Layout;
import karuta.lmm.model.BatchAdapter;
import karuta.lmm.model.DecoderContext;
import karuta.lmm.model.Interleaved;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.model.Reference;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.LoraLayer;
import karuta.tensor.TorchEngine;

/**
 * Adapters of the fixture {@code llava} as they are written here, each with the logits that are computed here for the
 * inputs of {@code llava_io}. {@code releng/parity/written.py} proves that PEFT computes the same with them.
 */
record Written(LlavaModel model, NDArray words, NDArray valid, NDManager manager) {

    /** Beside each adapter's own files. */
    static final String LOGITS = "logits.safetensors";

    /** Writes the fixtures; to be run in the bundle's folder, after which written.py has to prove them. */
    public static void main(String[] arguments) {
        write(FIXTURES.resolve("written"));
    }

    static void write(Path out) {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager();
                var io = new Reference("llava_io", manager)) {
            var source = new LlavaModel.Source(
                    FIXTURES.resolve("llava"), Optional.empty(), Precision.FP32, Optional.empty());
            var model = LlavaModel.loadForPreprocessed(source, manager, Map.of());
            NDArray features = model.projector()
                    .forward(model.visualTokens(model.imageEncoder().vision().forward(io.get("pixel_values"))));
            NDArray words = Interleaved.embeddings(model.llama(), model.config(), io.get("input_ids"), features);
            NDArray valid = io.get("attention_mask").toType(DataType.BOOLEAN, false);
            new Written(model, words, valid, manager).all(out);
        }
    }

    private void all(Path out) {
        var layers = new TreeMap<String, LoraLayer>();
        for (var linear : model.config().text().linears()) {
            if (linear.name().matches(".*(v_proj|o_proj|up_proj|1\\.mlp\\.down_proj)")) {
                var a = numbers(linear.name() + " a", 3, linear.in());
                var b = numbers(linear.name() + " b", linear.out(), 3);
                layers.put(linear.name(), new LoraLayer(a, b, 2.5 / 3));
            }
        }
        var adapter = new LoraAdapter(layers);
        NDArray adapted = logits(words, DecoderContext.causal(valid).with(BatchAdapter.ofAll(layers), Map.of()));
        for (var layout : Layout.values()) {
            var folder = out.resolve("lora-" + layout.name().toLowerCase(Locale.ROOT));
            adapter.write(folder, layout, 0.05);
            SafeTensorsWriter.write(folder.resolve(LOGITS), Map.of("logits", adapted), Map.of());
        }
        var prompt = numbers("prompt", 4, model.config().text().hidden());
        var folder = out.resolve("soft-prompt");
        new SoftPrompt(prompt).write(folder, model.config().text());
        var rows = words.getShape().get(0);
        NDArray front = prompt.expandDims(0).repeat(0, rows);
        NDArray all = manager.ones(new Shape(rows, 4)).toType(DataType.BOOLEAN, false);
        NDArray prompted = logits(front.concat(words, 1), DecoderContext.causal(all.concat(valid, 1)));
        SafeTensorsWriter.write(folder.resolve(LOGITS), Map.of("logits", prompted), Map.of());
    }

    private NDArray logits(NDArray embeddings, DecoderContext pass) {
        NDArray states = model.llama().forward(embeddings, pass);
        var shape = states.getShape();
        NDArray places = manager.arange(0, (int) (shape.get(0) * shape.get(1)), 1, DataType.INT64);
        return model.llama().logits(states, places).reshape(shape.get(0), shape.get(1), -1);
    }

    /** From -1/2 to 1/2, the same bits on every machine. */
    private NDArray numbers(String name, int rows, int columns) {
        var draws = RandomStream.of(11, name);
        var numbers = new float[rows * columns];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (draws.uniform(i) - 0.5);
        }
        return manager.create(numbers, new Shape(rows, columns));
    }
}
