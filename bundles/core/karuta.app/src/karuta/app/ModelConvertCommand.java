package karuta.app;

import java.nio.file.Path;
import java.util.Optional;
import karuta.lmm.check.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Turns pickles into safetensors. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = {
            "Turn weights that torch.save wrote (.bin, .pt, .pth) into safetensors, which a study can use.",
            "",
            "Such a file is a pickle, and PyTorch runs what is in it when it loads it. Here nothing is run: only"
                    + " dictionaries of tensors are read, and a file that asks for anything else is refused. Names and"
                    + " types of the tensors stay as they are, and the weights need not fit into the memory.",
            "",
            "IN is a file, or the folder of a model with pytorch_model.bin or pytorch_model.bin.index.json and its"
                    + " files; other files in the folder, such as mm_projector.bin, are converted when they are named."
                    + " The size is told first, and nothing is written where the disk is too small, or in place of a"
                    + " file that is there.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  karuta model convert llava-v1.5-7b                    writes model-00001-of-00002.safetensors and so on",
            "  karuta model convert clip-vit-base-patch32            writes model.safetensors",
            "  karuta model convert llava-v1.5-7b /data/converted    writes to another folder, the weights alone",
            "  karuta model convert llava-v1.5-7b/mm_projector.bin   writes llava-v1.5-7b/mm_projector.safetensors"
        })
final class ModelConvertCommand implements Runnable {

    private final Models models;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "IN", description = "A file, or the folder of a model.")
    private Path in = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT",
            description = "The folder to write to, or for a file the file to write (default: beside IN).")
    private Optional<Path> out = Optional.empty();

    ModelConvertCommand(Models models, Terminal terminal) {
        this.models = models;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        models.convert(in, out, terminal::say);
    }
}
