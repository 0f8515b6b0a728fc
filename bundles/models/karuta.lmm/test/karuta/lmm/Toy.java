package karuta.lmm;

import static java.util.stream.Collectors.joining;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import karuta.api.Guidance;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Pixels;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.lmm.model.ClipFolder;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.model.Reference;
import karuta.lmm.text.ChatTemplate;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;
import karuta.tensor.TorchEngine;

/**
 * Whole model folders out of the fixtures: with a tokenizer of words w3, w4, ..., and a CLIP that has LLaVA's tower.
 */
public final class Toy {

    private static final String PREPROCESSOR = """
        {"size": {"shortest_edge": 28}, "crop_size": {"height": 28, "width": 28}}
        """;

    private Toy() {}

    public static Path llava(Path folder) throws IOException {
        var fixture = Reference.FIXTURES.resolve("llava");
        for (var file : List.of("config.json", "generation_config.json", "model.safetensors")) {
            Files.copy(fixture.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(128, 120));
        Files.writeString(folder.resolve("preprocessor_config.json"), PREPROCESSOR);
        return folder;
    }

    /** The fixture's text tower and projections, with the tower of the LLaVA fixture. */
    public static Path clip(Path folder) throws IOException {
        TorchEngine.start();
        var config = Files.readString(Reference.FIXTURES.resolve("clip/config.json"));
        var vision = config.indexOf("vision_config");
        Files.writeString(
                folder.resolve("config.json"),
                config.substring(0, vision)
                        + config.substring(vision).replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3"));
        try (var manager = NDManager.newBaseManager();
                var clip = SafeTensors.open(Reference.FIXTURES.resolve("clip/model.safetensors"));
                var llava = SafeTensors.open(Reference.FIXTURES.resolve("llava/model.safetensors"))) {
            Map<String, NDArray> tensors = new HashMap<>();
            for (var name : clip.names()) {
                if (!name.startsWith("vision_model.")) {
                    tensors.put(name, clip.read(name, manager, DataType.FLOAT32));
                }
            }
            for (var name : llava.names()) {
                if (name.startsWith("vision_tower.")) {
                    tensors.put(
                            name.replace("vision_tower.", "vision_model."),
                            llava.read(name, manager, DataType.FLOAT32));
                }
            }
            SafeTensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        }
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(99, 0));
        Files.writeString(folder.resolve("preprocessor_config.json"), PREPROCESSOR);
        return folder;
    }

    private static String tokenizer(int size, int image) {
        var start = image > 0 ? 1 : size - 2;
        var names = Map.of(start, "<s>", start + 1, "</s>", image > 0 ? image : -1, "<image>");
        var words = IntStream.range(0, size)
                .mapToObj(i -> "\"" + names.getOrDefault(i, "w" + i) + "\": " + i)
                .collect(joining(", "));
        var ends = image > 0 ? "" : ", {\"SpecialToken\": {\"id\": \"</s>\", \"type_id\": 0}}";
        return """
            {"version": "1.0", "truncation": null, "padding": null, "normalizer": null, "decoder": null,
             "added_tokens": [ADDED],
             "pre_tokenizer": {"type": "WhitespaceSplit"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}ENDS],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [START], "tokens": ["<s>"]},
                                  "</s>": {"id": "</s>", "ids": [END], "tokens": ["</s>"]}}},
             "model": {"type": "WordLevel", "unk_token": "w3", "vocab": {WORDS}}}
            """.replace(
                        "ADDED",
                        added(start, "<s>") + ", " + added(start + 1, "</s>")
                                + (image > 0 ? ", " + added(image, "<image>") : ""))
                .replace("ENDS", ends)
                .replace("START", "" + start)
                .replace("END", "" + (start + 1))
                .replace("WORDS", words);
    }

    private static String added(int id, String content) {
        return "{\"id\": " + id + ", \"content\": \"" + content + "\", \"single_word\": false, \"lstrip\": false,"
                + " \"rstrip\": false, \"normalized\": false, \"special\": true}";
    }

    public static LlavaBackbone backbone(Path folder, Precision precision, int maxNewTokens) {
        return backbone(folder, precision, maxNewTokens, false);
    }

    public static LlavaBackbone backbone(Path folder, Precision precision, int maxNewTokens, boolean cuts) {
        var source = new LlavaModel.Source(folder, Optional.empty(), precision, Optional.empty());
        var style = new LlavaBackbone.Style(new ChatTemplate("<image> {instruction}"), false, maxNewTokens, cuts);
        return new LlavaBackbone(source, Device.cpu(), style);
    }

    public static ClipEncoder encoder(Path folder, ClipEncoder.TextFeature feature) {
        return new ClipEncoder(new ClipFolder.Source(folder, Precision.FP32, Optional.empty()), Device.cpu(), feature);
    }

    /** Noise. */
    public record Noise(int seed) implements Image {

        @Override
        public String fingerprint() {
            return "noise " + seed;
        }

        @Override
        public Pixels pixels() {
            var rgb = new byte[40 * 30 * 3];
            new Random(seed).nextBytes(rgb);
            return new Pixels(40, 30, rgb);
        }
    }

    public static PromptedInput ask(
            LlavaBackbone backbone, Optional<Image> image, String instruction, Insert... inserts) {
        return ask(backbone, image.stream().toList(), instruction, inserts);
    }

    public static PromptedInput ask(
            LlavaBackbone backbone, List<? extends Image> images, String instruction, Insert... inserts) {
        var query = new Query(List.copyOf(images), List.of(), instruction);
        var vision = images.stream().map(backbone::encode).toList();
        var guidance = new Guidance(Optional.empty(), Optional.empty());
        return new PromptedInput(new Input(1, query, vision, guidance, Optional.empty()), List.of(inserts));
    }
}
