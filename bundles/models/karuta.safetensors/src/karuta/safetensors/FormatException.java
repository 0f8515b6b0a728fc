package karuta.safetensors;

import java.io.IOException;

/** A file does not keep to the format. The message continues "FILE is no usable safetensors file: ". */
final class FormatException extends IOException {

    private static final long serialVersionUID = 1L;

    FormatException(String message) {
        super(message);
    }
}
