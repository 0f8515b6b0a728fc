package karuta.intake;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.bench.folder.FolderBenchmark;

/** Data as it lies around, and the folder that is made of it. */
final class Desk {

    static final UnaryOperator<IntakeRequest> AS_IT_IS = request -> request;

    private final Path root;

    Desk(Path root) {
        this.root = root;
    }

    Path at(String name) {
        return root.resolve(name);
    }

    Path out() {
        return at("out");
    }

    /** An image that differs from those of other seeds. */
    Path image(String name, long seed) throws IOException {
        var image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
        var random = new Random(seed);
        for (var i = 0; i < 20; i++) {
            image.setRGB(i % 5, i / 5, random.nextInt(1 << 24));
        }
        var file = at(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.endsWith(".bmp") ? "bmp" : "png", file.toFile());
        return file;
    }

    void images(String folder, int count) throws IOException {
        for (var i = 0; i < count; i++) {
            image(folder + "/" + i + ".png", i);
        }
    }

    Path text(String name, String... lines) throws IOException {
        return Files.writeString(at(name), String.join("\n", lines) + "\n");
    }

    IntakeReport take(UnaryOperator<IntakeRequest> change, Path... sources) {
        var intake = new Intake(change.apply(IntakeRequest.of(List.of(sources))), 3, (what, number, total) -> {});
        var report = intake.read(2);
        intake.write(out());
        return report;
    }

    IntakeReport take(Path... sources) {
        return take(AS_IT_IS, sources);
    }

    static UnaryOperator<IntakeRequest> asking(String question) {
        return request -> new Change(request).question(question);
    }

    /** Variants of a request. */
    record Change(IntakeRequest from) {

        IntakeRequest question(String question) {
            return with(Optional.of(question), from.task(), from.several(), from.halves(), from.link());
        }

        IntakeRequest task(String task) {
            return with(from.question(), Optional.of(task), from.several(), from.halves(), from.link());
        }

        IntakeRequest several() {
            return with(from.question(), from.task(), true, from.halves(), from.link());
        }

        IntakeRequest halves(double test, long seed) {
            return with(
                    from.question(), from.task(), from.several(), new IntakeRequest.Parting(test, seed), from.link());
        }

        IntakeRequest link(Link link) {
            return with(from.question(), from.task(), from.several(), from.halves(), link);
        }

        private IntakeRequest with(
                Optional<String> question,
                Optional<String> task,
                boolean several,
                IntakeRequest.Parting halves,
                Link link) {
            return new IntakeRequest(
                    from.sources(),
                    from.form(),
                    from.columns(),
                    question,
                    task,
                    from.images(),
                    from.outside(),
                    from.dropSystem(),
                    several,
                    from.encoding(),
                    halves,
                    link,
                    from.scorer());
        }
    }

    /** As a study reads it: the benchmark itself. */
    Task task(String name) {
        return benchmark().task(name);
    }

    List<String> tasks() {
        return benchmark().tasks();
    }

    /** Of a task that may have no test. */
    List<Sample> samplesOfTrain(String task) {
        var file = out().resolve(task).resolve("train.json");
        var images = new karuta.samples.Pictures(
                new karuta.samples.ImageRoot(List.of(file.getParent()), false, karuta.picture.ImageFiles.STORED));
        var list = new karuta.samples.SampleList(file, images);
        var reader = new karuta.samples.EntryReader(karuta.samples.Shape.LLAVA);
        new karuta.samples.Elements(file).each((element, where) -> {
            list.add(reader.read(element, where), where);
            return true;
        });
        return list.samples();
    }

    List<Sample> samples(String task) {
        var read = task(task);
        return java.util.stream.Stream.concat(read.train().stream(), read.test().stream())
                .toList();
    }

    private FolderBenchmark benchmark() {
        return new FolderBenchmark(new Options(out().toString()));
    }

    /** What a study gives the benchmark. */
    private record Options(String path) implements FolderBenchmark.Options {

        @Override
        public String[] tasks() {
            return new String[0];
        }

        @Override
        public String scorer() {
            return "";
        }

        @Override
        public String images() {
            return "";
        }

        @Override
        public boolean outside() {
            return false;
        }

        @Override
        public String system() {
            return "refuse";
        }

        @Override
        public int train() {
            return 0;
        }

        @Override
        public int test() {
            return 0;
        }

        @Override
        public boolean upright() {
            return false;
        }

        @Override
        public boolean white() {
            return false;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return FolderBenchmark.Options.class;
        }
    }
}
