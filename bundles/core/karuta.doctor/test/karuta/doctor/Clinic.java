package karuta.doctor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import karuta.suite.Suite;
import karuta.suite.SuiteOptions;

/** A small suite in which nothing is wrong, until a test spoils something. All of it is invented. */
record Clinic(Path root) {

    private static final String MANIFEST = """
        suite: clinic
        title: Clinic
        sources: [{name: all of it, licence: invented}]
        orders: {default: [Kinds, Letters, Boxes, Captions]}
        layouts:
          Plain:
            about: The only one.
            train: "texts/{task}/train.json"
            test: "texts/{task}/test.json"
            images: images
            sides: {captions: "texts/{task}/coco.json"}
            tasks:
              Letters: {test: [{file: "texts/{task}/test_2.json", says: 2}]}
        tasks:
          Kinds:
            aliases: [Species]
            rules: [exact]
            counts: {train: 3, test: 2, source: invented}
          Letters:
            rules: [choice.coin]
            counts: {train: 1, test: 2, source: invented}
            record: {fields: {choices: choices}}
          Boxes:
            rules: [box.coin]
            counts: {train: 1, test: 1, source: invented}
            record: {answer: answer_bbox}
          Captions:
            rules: [caption.split]
            counts: {train: 1, test: 2, source: invented}
            record: {answer: none}
            sides:
              captions:
                list: annotations
                id: image_id
                join: number
                references: caption
                images: {list: images, id: id, file: file_name}
        """;

    static final String KINDS_TEST = "[" + test("1", "kinds/t1.png", "What is it?", "a dog") + ",\n"
            + test("2", "kinds/t2.png", "What is it?", "a cat") + "]";
    static final String LETTERS_TEST =
            "[{'question_id': 1, 'text': 'Is ice hot?', 'answer': 'B', 'choices': ['yes', 'no']},"
                    + " {'question_id': 2, 'text': 'Is fire hot?', 'answer': 'A', 'choices': ['yes', 'no']}]";
    static final String BOXES_TEST =
            "[{'question_id': 1, 'image': 'boxes/t.png', 'text': 'Where is the hat?', 'answer_bbox': '[0.10,0.20,0.55,0.60]'}]";
    static final String COCO = "{'images': [{'id': 1, 'file_name': 't1.png'}, {'id': 2, 'file_name': 't2.png'}],"
            + " 'annotations': [{'image_id': 1, 'caption': 'a hat'}, {'image_id': 2, 'caption': 'a cup'}]}";

    static Clinic in(Path root) {
        var clinic = new Clinic(root);
        clinic.write("clinic.yaml", MANIFEST.replace('\'', '"'));
        clinic.write(
                        "texts/Kinds/train.json",
                        "[" + train("a", "kinds/1.png", "What is it?", "a cat") + ",\n"
                                + train("b", "kinds/2.png", "What is it?", "a cat") + ",\n"
                                + train("c", "kinds/3.png", "Is it big?", "no") + "]")
                .write("texts/Kinds/test.json", KINDS_TEST)
                .images("kinds/1.png", "kinds/2.png", "kinds/3.png", "kinds/t1.png", "kinds/t2.png");
        clinic.write("texts/Letters/train.json", "[" + train("a", "", "Is snow hot?", "B") + "]")
                .write("texts/Letters/test_2.json", LETTERS_TEST);
        clinic.write(
                        "texts/Boxes/train.json",
                        "[" + train("a", "boxes/1.png", "Where is the cup?", "[0.1,0.2,0.5,1.0]") + "]")
                .write("texts/Boxes/test.json", BOXES_TEST)
                .images("boxes/1.png", "boxes/t.png");
        clinic.write("texts/Captions/train.json", "[" + train("a", "captions/1.png", "What happens?", "a run") + "]")
                .write(
                        "texts/Captions/test.json",
                        "[{'question_id': 1, 'image': 'captions/t1.png', 'text': 'What happens?'},"
                                + " {'question_id': 2, 'image': 'captions/t2.png', 'text': 'What happens?'}]")
                .write("texts/Captions/coco.json", COCO)
                .images("captions/1.png", "captions/t1.png", "captions/t2.png");
        return clinic;
    }

    static String train(String id, String image, String question, String answer) {
        return image.isEmpty()
                ? "{'id': '%s', 'conversations': [{'from': 'human', 'value': '%s'}, {'from': 'gpt', 'value': '%s'}]}"
                        .formatted(id, question, answer)
                : ("{'id': '%s', 'image': '%s', 'conversations': [{'from': 'human', 'value': '<image>\\n%s'},"
                                + " {'from': 'gpt', 'value': '%s'}]}")
                        .formatted(id, image, question, answer);
    }

    static String test(String id, String image, String question, String answer) {
        return "{'question_id': %s, 'image': '%s', 'text': '%s', 'answer': '%s'}"
                .formatted(id, image, question, answer);
    }

    /** Writes a file; single quotes in the text stand for double ones. */
    Clinic write(String path, String text) {
        return bytes(path, text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file as it is. */
    Clinic bytes(String path, byte[] bytes) {
        try {
            var file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes small images, each of another colour, into the folder of images. */
    Clinic images(String... paths) {
        for (var path : paths) {
            var image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, path.hashCode());
            try {
                var file = root.resolve("images").resolve(path);
                Files.createDirectories(file.getParent());
                ImageIO.write(image, "png", file.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    Clinic copy(String from, String to) {
        try {
            return bytes(to, Files.readAllBytes(root.resolve(from)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Clinic move(String from, String to) {
        return copy(from, to).delete(from);
    }

    Clinic delete(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces something in a file; single quotes stand for double ones. */
    Clinic change(String path, String some, String other) {
        try {
            var text = Files.readString(root.resolve(path));
            var changed = text.replace(some.replace('\'', '"'), other.replace('\'', '"'));
            if (changed.equals(text)) {
                throw new AssertionError(some + " is not in " + text);
            }
            return bytes(path, changed.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataReport examine(String... tasks) {
        return Examination.of(data(tasks), true, 2, 20, (what, share) -> {});
    }

    SuiteFolder data(String... tasks) {
        return new SuiteFolder(Suite.read(root.resolve("clinic.yaml")), root, SuiteOptions.STRICT, List.of(tasks));
    }
}
