package karuta.app;

import java.nio.file.Path;
import java.util.List;
import karuta.lmm.check.Models;
import karuta.lmm.check.Models.Prompts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports prompts of the official ModalPrompt code. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Import the prompts of a checkpoint that ModalPrompt's official code wrote, for the pool \"prototype\".",
            "",
            "Of FILE are read the rows of the token embeddings after the vocabulary, M per task, and the transforms"
                    + " prompt_transform.i; the prototypes are computed from both, in float32. Only tasks that have a"
                    + " transform count: the others were not trained yet. Nothing in FILE is run.",
            "OUT gets one file checkpoint-T.safetensors for T tasks, as a run writes it after T stages.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta model import checkpoints/ModalPrompt/TextVQA/llava-1.5-7b/non_lora_trainables.bin imported \\",
            "      --tasks scienceqa,textvqa",
            "  karuta model import trainables.safetensors imported --length 20"
        })
final class ModelImportCommand implements Runnable {

    private final Models models;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "FILE", description = "non_lora_trainables.bin, or the same as .safetensors.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "A new folder, or an empty one.")
    private Path out = Path.of("");

    @Option(
            names = "--tasks",
            paramLabel = "TASK",
            split = ",",
            description = "What the tasks are called in the study, in the order of their training; the official"
                    + " scripts train ScienceQA, TextVQA, ImageNet, GQA, VizWiz, Grounding, VQAv2 and OCR-VQA"
                    + " (default: cards without a task, called task1 and so on).")
    private List<String> tasks = List.of();

    @Option(
            names = "--length",
            paramLabel = "M",
            description = "Soft tokens per prompt, prefix_len there (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int length = 10;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "Rows of the token embeddings before the first prompt (default: ${DEFAULT-VALUE}).",
            defaultValue = "32000")
    private int vocabulary = 32000;

    ModelImportCommand(Models models, Terminal terminal) {
        this.models = models;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        models.importPrompts(new Prompts(file, out, tasks, length, vocabulary), terminal::say);
        terminal.say("wrote " + out);
    }
}
