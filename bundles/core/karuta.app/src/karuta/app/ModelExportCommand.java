package karuta.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.lmm.check.Models;
import karuta.study.record.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what a run has learned in PEFT's format. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Write what a run has learned as adapters that Hugging Face's PEFT loads.",
            "",
            "Of a run with the baseline \"lora\", alone or inside of another one, OUT gets adapter_config.json and"
                    + " adapter_model.safetensors. Of a run with the pool \"prototype\" it gets a folder for each card,"
                    + " with a soft prompt of PEFT's prompt tuning in it; the prototypes, by which a study finds the"
                    + " cards, have no place there.",
            "PEFT puts soft prompts before the start token, as a study does whose backbone says softTokens:"
                    + " beforeStart. By default a study has them behind it, as ModalPrompt, and PEFT then answers"
                    + " otherwise.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta model export runs/coin.lora.default.seed1 adapter",
            "  karuta model export runs/coin.lora.default.seed1/checkpoint-8.safetensors adapter \\",
            "      --model /models/llava-1.5-7b-hf",
            "  karuta model check /models/llava-1.5-7b-hf --against lora.safetensors --inputs io.safetensors \\",
            "      --adapter adapter            compares with what PEFT computes, see `karuta model check --help`"
        })
final class ModelExportCommand implements Runnable {

    private final Models models;
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "CHECKPOINT",
            description = "Folder of a run, whose newest checkpoint is taken, or the file of one.")
    private Path checkpoint = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "A new folder, or an empty one.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description = "Folder of the model that it was trained on, of which only config.json is read"
                    + " (default: that of the run's backbone).")
    private Optional<Path> model = Optional.empty();

    ModelExportCommand(Models models, Terminal terminal) {
        this.models = models;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        var file = Files.isDirectory(checkpoint) ? newest() : checkpoint;
        models.exportAdapters(file, model.orElseGet(() -> recorded(file)), out, terminal::say);
    }

    private Path newest() {
        return new RunFolder(checkpoint)
                .newestCheckpoint()
                .orElseThrow(() -> new KarutaException(
                        "The folder " + checkpoint + " holds no checkpoint (checkpoint-N.safetensors).",
                        "Give the folder of one run, or the file."));
    }

    /** The folder of the backbone of the run that a checkpoint lies with. */
    private static Path recorded(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (!Files.exists(folder.resolve("run.json"))) {
            throw new KarutaException(
                    file + " lies in no folder of a run, which would say which model it belongs to.",
                    "Say --model FOLDER, with the config.json of that model.");
        }
        var backbone = new RunFolder(folder).read().getBackbone();
        return backbone.getOptions().stream()
                .filter(option -> option.getKey().equals("path"))
                .map(option -> Path.of(option.getValues().get(0).getText()))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The run's backbone \"" + backbone.getId() + "\" names no folder of a model that is there.",
                        "Say --model FOLDER, with the config.json of that model; the embedded one is in the bundle"
                                + " karuta.tiny."));
    }
}
