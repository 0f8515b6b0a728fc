package karuta.bench.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.samples.Entry;

/**
 * Writes a benchmark that has CoIN's tasks in CoIN's own folders, with the files that its scripts want beside the samples:
 * whatever reads CoIN (zackschen/CoIN at 4122465) can read it. Of ScienceQA the options are letters, of TextVQA all ten people
 * give the same answer, and of GQA all questions are open and balanced.
 */
public final class CoinWriter {

    private static final String INSTRUCTIONS = "playground/Instructions_Original";
    private static final String DATA = "cl_dataset";
    private static final int PEOPLE = 10;

    /** The tasks with the folders and test files that CoIN has for them. */
    private enum Place {
        SCIENCEQA("ScienceQA", "ScienceQA/images", "test"),
        TEXTVQA("TextVQA", "TextVQA", "val"),
        IMAGENET("ImageNet", "ImageNet_withlabel", "test"),
        GQA("GQA", "GQA/images", "test"),
        VIZWIZ("VizWiz", "VizWiz", "val"),
        GROUNDING("Grounding", "COCO2014/grounding", "test"),
        VQAV2("VQAv2", "COCO2014/vqa", "val"),
        OCRVQA("OCRVQA", "OCR-VQA/images", "test");

        private final String folder;
        private final String images;
        private final String test;

        Place(String folder, String images, String test) {
            this.folder = folder;
            this.images = images;
            this.test = test;
        }

        static Place of(String task) {
            for (var place : values()) {
                if (place.name().equals(task.toUpperCase(Locale.ROOT))) {
                    return place;
                }
            }
            throw new KarutaException(
                    "CoIN has no task \"" + task + "\", so that this benchmark cannot be written like it.",
                    "Its tasks are scienceqa, textvqa, imagenet, gqa, vizwiz, grounding, vqav2 and ocrvqa.");
        }
    }

    /**
     * Writes all of it or nothing.
     *
     * @param benchmark started
     * @param out a folder that does not exist yet, or an empty one
     * @throws KarutaException if the folder is in use or cannot be written, or the benchmark has other tasks than CoIN
     */
    public void write(Benchmark benchmark, Path out) {
        var places = benchmark.tasks().stream().map(Place::of).toList(); // refused before anything is rendered
        NewFolder.write(out, root -> {
            for (var i = 0; i < places.size(); i++) {
                var task = benchmark.task(benchmark.tasks().get(i));
                train(task.train(), places.get(i), root);
                test(task.test(), places.get(i), root);
                beside(task.train(), task.test(), places.get(i), root);
            }
        });
    }

    private static void train(List<Sample> samples, Place place, Path root) throws IOException {
        var images = new PngFolder(root.resolve(DATA), place.images + "/train");
        var list = new JsonArray();
        for (var sample : samples) {
            var said = new Entry.Said(sample.query().instruction(), List.of(sample.answer()));
            list.add(new Entry(sample.id(), paths(sample, images), List.of(said)).json());
        }
        json(list, root.resolve(INSTRUCTIONS), place.folder + "/train.json");
    }

    private static void test(List<Sample> samples, Place place, Path root) throws IOException {
        var images = new PngFolder(root.resolve(DATA), place.images + "/test");
        var list = new JsonArray();
        for (var sample : samples) {
            var object = new JsonObject();
            object.addProperty("question_id", sample.id());
            paths(sample, images).forEach(path -> object.addProperty("image", path));
            object.addProperty("text", sample.query().instruction());
            object.addProperty(place == Place.GROUNDING ? "answer_bbox" : "answer", sample.answer());
            if (place == Place.GROUNDING) {
                var pixels = sample.query().images().get(0).pixels();
                var size = new JsonArray();
                size.add(pixels.width());
                size.add(pixels.height());
                object.add("size", size);
            }
            list.add(object);
        }
        json(list, root.resolve(INSTRUCTIONS), place.folder + "/" + place.test + ".json");
    }

    private static List<String> paths(Sample sample, PngFolder images) throws IOException {
        if (sample.query().images().size() > 1 || !sample.query().earlier().isEmpty()) {
            throw new KarutaException(
                    "The sample " + sample.id() + " has several images or turns, which CoIN has not.",
                    "Write benchmarks of single questions about single images.");
        }
        var paths = new ArrayList<String>();
        for (var image : sample.query().images()) {
            paths.add(images.path(image));
        }
        return paths;
    }

    private static void beside(List<Sample> train, List<Sample> test, Place place, Path root) throws IOException {
        var folder = root.resolve(DATA).resolve(place.folder);
        switch (place) {
            case SCIENCEQA -> science(train, test, folder);
            case TEXTVQA -> json(answers(test), folder, "TextVQA_0.5.1_val.json");
            case GQA -> json(questions(test), folder, "testdev_balanced_questions.json");
            default -> {
                // their references are all that their scripts want
            }
        }
    }

    private static void science(List<Sample> train, List<Sample> test, Path folder) throws IOException {
        var splits = new JsonObject();
        splits.add("train", ids(train));
        splits.add("test", ids(test));
        json(splits, folder, "pid_splits.json");
        var problems = new JsonObject();
        var last = test.stream()
                .mapToInt(sample -> sample.answer().charAt(0) - 'A')
                .max()
                .orElse(0);
        for (var sample : test) {
            var choices = new JsonArray();
            for (var letter = 'A'; letter <= 'A' + last; letter++) {
                choices.add(String.valueOf(letter));
            }
            var problem = new JsonObject();
            problem.add("choices", choices);
            problem.addProperty("answer", sample.answer().charAt(0) - 'A');
            problems.add(sample.id(), problem);
        }
        json(problems, folder, "problems.json");
    }

    private static JsonArray ids(List<Sample> samples) {
        var ids = new JsonArray();
        samples.forEach(sample -> ids.add(sample.id()));
        return ids;
    }

    private static JsonObject answers(List<Sample> samples) {
        var data = new JsonArray();
        for (var sample : samples) {
            var answers = new JsonArray();
            Collections.nCopies(PEOPLE, sample.answer()).forEach(answers::add);
            var object = new JsonObject();
            object.addProperty("question_id", sample.id());
            object.add("answers", answers);
            data.add(object);
        }
        var file = new JsonObject();
        file.add("data", data);
        return file;
    }

    private static JsonObject questions(List<Sample> samples) {
        var questions = new JsonObject();
        for (var sample : samples) {
            var types = new JsonObject();
            types.addProperty("structural", "query");
            var question = new JsonObject();
            question.addProperty("answer", sample.answer());
            question.addProperty("isBalanced", true);
            question.add("types", types);
            questions.add(sample.id(), question);
        }
        return questions;
    }

    private static void json(JsonElement content, Path folder, String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        NewFolder.json(content, file);
    }
}
