package karuta.lmm.pickle;

import java.io.IOException;
import java.nio.file.Path;
import karuta.api.KarutaException;

/** A file is broken, or asks for what tensors do not need. The message continues "FILE is refused: ". */
final class PickleException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 100;

    private final String remedy;

    private PickleException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** Something that contradicts itself or the format. */
    static PickleException broken(String message) {
        return new PickleException(message, "Fetch the file again, and only from where you trust it.");
    }

    /** Something that may be in order elsewhere, but is no dictionary of tensors. */
    static PickleException foreign(String message) {
        return new PickleException(
                message,
                "Only dictionaries of tensors are read, as torch.save(model.state_dict()) writes them; nothing in the"
                        + " file was run. Get the model as safetensors, or save its tensors alone where you trust it.");
    }

    /** Something that only PyTorch reads. */
    static PickleException old(String message) {
        return new PickleException(
                message,
                "If it is from a PyTorch before 1.6, load it with a newer one where you trust it, and save it again;"
                        + " otherwise fetch it again.");
    }

    /** A text out of a file, short and without control characters. */
    static String shown(String text) {
        var plain = text.replaceAll("[^\\p{Graph} ]", "?");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain;
    }

    KarutaException of(Path path) {
        return new KarutaException(path + " is refused: " + getMessage() + ".", remedy, this);
    }
}
