package karuta.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import karuta.doctor.DataReport.FileReport;
import karuta.doctor.DataReport.SplitReport;
import karuta.doctor.DataReport.TaskReport;
import karuta.files.Sha256;
import karuta.samples.Entry.Said;
import karuta.suite.Fault;
import karuta.suite.FileChoice;
import karuta.suite.Split;
import karuta.suite.SuiteRecord;
import karuta.suite.TaskScan;

/** Looks at all that a task holds while it passes by. */
final class TaskExam implements TaskScan {

    private final Data data;
    private final String task;
    private final AnswerForm form;
    private final Images images;
    private final Findings findings;
    private final Consumer<SuiteRecord> watch;
    private final Leaks leaks = new Leaks();
    private final Map<Split, Part> parts = new EnumMap<>(Split.class);
    private final List<FileReport> files = new ArrayList<>();

    /** One split. */
    private static final class Part {

        private final AnswerStatistics answers = new AnswerStatistics();
        private final LongMap ids = new LongMap();
        private final LongMap images = new LongMap();
        private Optional<Path> folder = Optional.empty(); // that all images are in
        private String firstTwice = "";
        private int twice;
        private int samples;
    }

    /** @param watch is told each sample */
    TaskExam(Data data, String task, Images images, Findings findings, Consumer<SuiteRecord> watch) {
        this.data = data;
        this.task = task;
        this.form = AnswerForm.of(data.rule(task));
        this.images = images;
        this.findings = findings;
        this.watch = watch;
        Stream.of(Split.values()).forEach(split -> parts.put(split, new Part()));
    }

    @Override
    public void file(String role, FileChoice file) {
        file.there().stream().map(FileChoice.Choice::file).forEach(there -> files.add(report(role, there)));
    }

    private FileReport report(String role, Path file) {
        var about = data.version(task, role, file);
        try {
            return new FileReport(role, file, Files.size(file), Sha256.of(file), about);
        } catch (IOException unreadable) { // told by whoever reads it
            return new FileReport(role, file, 0, "", about);
        }
    }

    @Override
    public void record(SuiteRecord record) {
        var part = parts.get(record.split());
        part.samples++;
        var where = record.where() + " (id " + record.entry().id() + ")";
        if (!part.ids.put(Hash.of(record.entry().id()), 0)) {
            part.twice++;
            part.firstTwice = part.firstTwice.isEmpty() ? record.entry().id() : part.firstTwice;
        }
        var sizes = record.images().stream()
                .map(image -> look(image, part, where))
                .flatMap(Optional::stream)
                .toList();
        if (record.split() == Split.TEST) {
            leaks.test(record, sizes);
        } else {
            leaks.train(record, sizes)
                    .ifPresent(id -> findings.add(
                            Kind.LEAK, task, "Test sample " + id + " has image and question of " + where + "."));
        }
        record.entry().turns().forEach(said -> answers(said, record, part, where));
        watch.accept(record);
    }

    private Optional<Long> look(Path image, Part part, String where) {
        var size = images.look(image, task, where);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        part.images.put(Hash.of(image), 0);
        var folder = image.toAbsolutePath().normalize().getParent();
        part.folder =
                Optional.of(part.folder.map(before -> common(before, folder)).orElse(folder));
        return Optional.of(size.getAsLong());
    }

    /** The innermost folder in which both are. */
    private static Path common(Path folder, Path other) {
        var common = folder;
        while (!other.startsWith(common)) {
            common = common.getParent();
        }
        return common;
    }

    private void answers(Said said, SuiteRecord record, Part part, String where) {
        var choices = record.entry().fields().getOrDefault("choices", List.of());
        for (var answer : said.answers()) {
            part.answers.add(answer);
            var wrong = answer.isBlank() ? Optional.of("is empty") : form.wrong(answer, choices);
            wrong.ifPresent(what ->
                    findings.add(Kind.ANSWER, task, "The answer \"" + answer + "\" of " + where + " " + what + "."));
        }
    }

    @Override
    public void fault(Fault fault) {
        findings.add(Kind.of(fault.kind()), task, fault.what());
    }

    @Override
    public void note(String note) {
        findings.add(Kind.NOTE, task, note);
    }

    /** To be called when everything has passed by, and all images are decoded. */
    TaskReport report() {
        var train = parts.get(Split.TRAIN);
        var test = parts.get(Split.TEST);
        if (train.twice > 0) {
            findings.add(
                    Kind.NOTE,
                    task,
                    train.twice + " training samples have the id of one before (first: " + train.firstTwice
                            + "). LLaVA's own data use an image's id for several conversations.");
        }
        shared(train, test);
        return new TaskReport(task, files, report(Split.TRAIN), report(Split.TEST));
    }

    private void shared(Part train, Part test) {
        var tested = new LongMap();
        test.images.keys().forEach(image -> tested.put(images.content(image), 0));
        var shared = train.images
                .keys()
                .map(images::content)
                .filter(tested::has)
                .distinct()
                .count();
        if (shared > 0) {
            findings.add(
                    Kind.SHARED,
                    task,
                    shared + " of the " + test.images.size()
                            + " images of test samples are images of training samples, too.");
        }
    }

    private SplitReport report(Split split) {
        var part = parts.get(split);
        return new SplitReport(part.samples, data.published(task, split), part.images.size(), part.answers.answers());
    }

    /** Folders that hold all images of a split. */
    List<Path> folders() {
        return parts.values().stream().flatMap(part -> part.folder.stream()).toList();
    }
}
