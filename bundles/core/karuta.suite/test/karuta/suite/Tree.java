package karuta.suite;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Builds small folders in the layouts of the field's suites. All of it is invented. */
record Tree(Path root) {

    /** Writes a file; single quotes in the text stand for double ones. */
    Tree file(String path, String text) {
        return raw(path, text.replace('\'', '"'));
    }

    /** Writes a file as it is. */
    Tree raw(String path, String text) {
        try {
            var file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a JSON list. */
    Tree list(String path, String... elements) {
        return file(path, Arrays.stream(elements).collect(Collectors.joining(",\n", "[", "]\n")));
    }

    /** Writes images of one pixel, each of another colour. */
    Tree images(String... paths) {
        for (var path : paths) {
            var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, path.hashCode());
            try {
                var file = root.resolve(path);
                Files.createDirectories(file.getParent());
                ImageIO.write(image, "png", file.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    Tree delete(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A training sample of LLaVA's form; no image if it is empty. */
    static String train(String id, String image, String question, String answer) {
        return image.isEmpty()
                ? "{'id': '%s', 'conversations': [{'from': 'human', 'value': '%s'}, {'from': 'gpt', 'value': '%s'}]}"
                        .formatted(id, question, answer)
                : ("{'id': '%s', 'image': '%s', 'conversations': [{'from': 'human', 'value': '<image>\\n%s'},"
                                + " {'from': 'gpt', 'value': '%s'}]}")
                        .formatted(id, image, question, answer);
    }

    /** A test sample of CoIN's form. */
    static String test(String id, String image, String question, String answer) {
        return "{'question_id': %s, 'image': '%s', 'text': '%s', 'answer': '%s'}"
                .formatted(id, image, question, answer);
    }
}
