package karuta.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import karuta.lmm.check.Models;
import karuta.lmm.check.Models.RandomModelSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model with random weights. */
@Command(
        name = "random",
        mixinStandardHelpOptions = true,
        description = {
            "Write the folder of a LLaVA with random weights, so that memory and speed can be measured without the"
                    + " published ones. Its answers mean nothing; its tokenizer has a token per byte.",
            "The size is told first, and nothing is written where the disk is too small.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta model random --shape llava-1.5-7b --layers 2 --dtype bf16 /data/llava-2-layers",
            "  karuta model random --shape tinyllama-1.1b /data/llava-mid"
        })
final class ModelRandomCommand implements Runnable {

    private final Models models;
    private final Terminal terminal;

    @Parameters(paramLabel = "OUT", description = "A new folder, or an empty one.")
    private Path out = Path.of("");

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            required = true,
            description = "llava-1.5-7b, llava-1.5-13b, tinyllama-1.1b (with CLIP's ViT-B/16) or tiny.")
    private String shape = "";

    @Option(names = "--layers", paramLabel = "N", description = "Layers of the decoder (default: as the shape has).")
    private Optional<Integer> layers = Optional.empty();

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "fp32, bf16 or fp16 (default: ${DEFAULT-VALUE}). The numbers are the same in each.",
            defaultValue = "fp32")
    private String dtype = "fp32";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides on the weights (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed = 1;

    ModelRandomCommand(Models models, Terminal terminal) {
        this.models = models;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var number = layers.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        models.random(new RandomModelSpec(shape, number, dtype, seed, out), terminal::say);
        terminal.say("wrote " + out);
    }
}
