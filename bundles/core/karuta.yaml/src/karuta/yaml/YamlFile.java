package karuta.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a file that somebody wrote. */
public final class YamlFile {

    private YamlFile() {}

    /**
     * Its text.
     *
     * @param kind what it should be, such as "study file"
     * @return empty if it cannot be read, is no UTF-8 or longer than {@link BoundedYaml#SIZE}, which is reported
     */
    public static Optional<String> text(Path file, String kind, Problems problems) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(BoundedYaml.SIZE + 1); // no more, whatever is behind the name
            if (bytes.length <= BoundedYaml.SIZE) {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            }
            problems.add(
                    0,
                    0,
                    "is longer than " + BoundedYaml.SIZE + " bytes: is it a " + kind
                            + ", or data that a benchmark shall read?");
        } catch (NoSuchFileException e) {
            problems.add(0, 0, "there is no such file");
        } catch (CharacterCodingException e) {
            problems.add(0, 0, "is not UTF-8 text");
        } catch (IOException e) { // also of a folder: opened without a word, and read with one
            problems.add(0, 0, Files.isDirectory(file) ? "is a folder, not a " + kind : "cannot be read: " + e);
        }
        return Optional.empty();
    }
}
