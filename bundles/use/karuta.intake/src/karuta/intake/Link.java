package karuta.intake;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How an image comes into a task's folder. */
public enum Link {
    /** As a copy of its own. */
    COPY {
        @Override
        void put(Path image, Path into) throws IOException {
            Files.copy(image, into);
        }
    },
    /** As another name of the same file; on the same disk only. */
    HARD {
        @Override
        void put(Path image, Path into) throws IOException {
            try {
                Files.createLink(into, image);
            } catch (FileSystemException refused) {
                throw new IOException(
                        "no hard link can be made to " + image + ", which is perhaps on another disk: --link copy or"
                                + " --link soft",
                        refused);
            }
        }
    },
    /** As a pointer to where it is. */
    SOFT {
        @Override
        void put(Path image, Path into) throws IOException {
            Files.createSymbolicLink(into, image);
        }
    };

    abstract void put(Path image, Path into) throws IOException;
}
