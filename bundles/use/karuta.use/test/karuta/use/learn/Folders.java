package karuta.use.learn;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Folders of tasks, as people have them. */
final class Folders {

    private Folders() {}

    /** A task of so many images of one colour each, with so many questions about each. */
    static Path write(Path folder, int images, int questions) throws IOException {
        Files.createDirectories(folder);
        for (var i = 0; i < images; i++) {
            var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, i + 1);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
        var samples = IntStream.range(0, images * questions)
                .mapToObj(i -> """
                        {"id": "%d", "image": "%d.png", "conversations": [{"from": "human", "value": "<image>\\nWhat %d?"}, {"from": "gpt", "value": "it %d"}]}\
                        """.formatted(i, i / questions, i % questions, i))
                .collect(Collectors.joining(",\n", "[", "]"));
        Files.writeString(folder.resolve("train.json"), samples);
        return folder;
    }
}
