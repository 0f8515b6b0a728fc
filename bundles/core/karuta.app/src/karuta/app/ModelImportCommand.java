package karuta.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.lmm.check.Models;
import karuta.lmm.check.Models.Prompts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports prompts of the official ModalPrompt code, or a LoRA of PEFT. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Import what others have trained as the checkpoint of a run, which an arm begins with by from: OUT.",
            "",
            "IN as a folder is a LoRA of PEFT, for the baseline \"lora\"; the command prints which options the arm"
                    + " must have. Only the decoder may be adapted. Soft prompts of PEFT cannot be imported: a card of a"
                    + " pool is found by its prototype, which they lack.",
            "",
            "IN as a file is a checkpoint that ModalPrompt's official code wrote, for the pool \"prototype\". Of it"
                    + " are read the rows of the token embeddings after the vocabulary, M per task, and the transforms"
                    + " prompt_transform.i; the prototypes are computed from both, in float32. Only tasks that have a"
                    + " transform count: the others were not trained yet. Nothing in the file is run.",
            "OUT gets one file checkpoint-T.safetensors for T tasks, as a run writes it after T stages.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta model import checkpoints/ModalPrompt/TextVQA/llava-1.5-7b/non_lora_trainables.bin imported \\",
            "      --tasks scienceqa,textvqa",
            "  karuta model import trainables.safetensors imported --length 20",
            "  karuta model import adapters/lora imported"
        })
final class ModelImportCommand implements Runnable {

    private final Models models;
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the true one here

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "A folder with adapter_config.json and adapter_model.safetensors; or the file"
                    + " non_lora_trainables.bin, or the same as .safetensors.")
    private Path in = Path.of("");

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
        if (Files.isDirectory(in)) {
            requireNoneOf("--tasks", "--length", "--vocabulary");
            models.importAdapter(in, out, terminal::say);
        } else {
            models.importPrompts(new Prompts(in, out, tasks, length, vocabulary), terminal::say);
        }
        terminal.say("wrote " + out);
    }

    private void requireNoneOf(String... options) {
        for (var option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), option + " is for files of ModalPrompt, and " + in + " is a folder");
            }
        }
    }
}
