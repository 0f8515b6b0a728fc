package karuta.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.api.Tokenization;

/** Looks at all data of a study before anything is learned from it, and tells all that is wrong with it at once. */
final class Inspection {

    private final boolean skipBad;
    private final int told;
    private final StudyListener watch;
    private final CancellationToken stop;
    private int longest;

    /**
     * @param skipBad whether samples whose picture cannot be used are left out rather than refused
     * @param told how many findings of a kind are listed; the others are counted
     * @param watch is told what the user must know
     * @param stop ends it
     */
    Inspection(boolean skipBad, int told, StudyListener watch, CancellationToken stop) {
        this.skipBad = skipBad;
        this.told = told;
        this.watch = watch;
        this.stop = stop;
    }

    /**
     * Looks at everything.
     *
     * @return the same materials, without what was left out
     * @throws KarutaException if something cannot be used, with all of it
     */
    StudyResources of(StudyResources resources) {
        var tooLong = tooLong();
        var badPictures = new Findings(
                "Pictures that cannot be used",
                "Mend or replace them, or leave their samples out with \"skipBad: true\" in the study: they are counted"
                        + " in the record.");
        var texts = new LinkedHashMap<String, List<String>>();
        var tooMany = tooManyImages();
        var images = resources.frozen().backbone().spec().images();
        resources.tasks().forEach((name, task) -> {
            countImages(resources, task, images, tooMany);
            var notes = resources.frozen().backbone().tokenization().map(tokenization -> {
                var check = read(resources, task, tokenization, 0, tooLong);
                longest = Math.max(longest, check.longest());
                return check.notes();
            });
            texts.put(name, notes.orElse(List.of()));
        });
        var bad = new PictureCheck(watch, stop).bad(resources.tasks());
        if (!skipBad) {
            PictureCheck.tell(bad, resources, badPictures);
        }
        Findings.throwIfAny(told, tooLong, tooMany, badPictures);
        var tasks = new LinkedHashMap<String, Task>();
        resources
                .tasks()
                .forEach((name, task) -> tasks.put(name, without(bad, task, notes(texts.get(name), task, resources))));
        tasks.values().forEach(task -> task.notes().forEach(note -> watch.warns("task " + task.name() + ": " + note)));
        return resources.with(tasks);
    }

    private static Findings tooManyImages() {
        return new Findings(
                "Samples with more images than the backbone takes",
                "Use a backbone that takes several images, or leave these samples out.");
    }

    private static void countImages(StudyResources resources, Task task, int most, Findings tooMany) {
        PictureCheck.splits(task)
                .forEach((split, samples) -> samples.stream()
                        .filter(sample -> sample.query().images().size() > most)
                        .forEach(sample ->
                                tooMany.add(resources.origin().of(task.name(), split.equals(PictureCheck.TRAINING))
                                        + " sample "
                                        + sample.id() + " has "
                                        + sample.query().images().size() + " images; the backbone takes "
                                        + most)));
    }

    private TextCheck read(
            StudyResources resources, Task task, Tokenization tokenization, int inserted, Findings tooLong) {
        return new TextCheck(task, tokenization, inserted, tooLong).read(resources.origin(), watch, stop);
    }

    /**
     * Looks at the lengths again, now that it is known what an arm puts in front of the texts.
     *
     * @param inserted the most soft tokens in front of a sample when some tasks were rehearsed
     * @throws KarutaException if something is too long then
     */
    void withPrompts(StudyResources resources, String arm, int inserted) {
        resources.frozen().backbone().tokenization().ifPresent(tokenization -> {
            var tasks = Math.max(1, resources.tasks().size());
            var all = Math.toIntExact((long) inserted * tasks / Math.min(DryRun.TASKS, tasks));
            if (inserted == 0 || longest + all <= tokenization.most()) {
                return;
            }
            var tooLong = tooLong();
            var perhaps = tooLong();
            for (var task : resources.tasks().values()) {
                read(resources, task, tokenization, inserted, tooLong)
                        .cut()
                        .ifPresent(note -> watch.warns("arm \"" + arm + "\", task " + task.name() + ": " + note));
                read(resources, task, tokenization, all, perhaps);
            }
            Findings.throwIfAny(told, tooLong);
            if (perhaps.any()) { // a prompt per task may be put in front in the end; only the learner knows
                watch.warns("arm \"" + arm + "\" put " + inserted + " tokens in front of a sample in the rehearsal; "
                        + all + ", if it goes on so with every task, leave too little room for some samples");
            }
        });
    }

    private static Findings tooLong() {
        return new Findings(
                "Samples that are longer than what the model reads at once",
                "Shorten or remove them, use fewer or shorter prompts, or let answers be cut with the option \"tooLong:"
                        + " cut\" of the backbone, as LLaVA does.");
    }

    private static List<String> notes(List<String> found, Task task, StudyResources resources) {
        var notes = new ArrayList<>(task.notes());
        notes.addAll(found);
        several(task.train())
                .ifPresent(
                        words -> notes.add(words + " training samples have several answers; the first one is learned"));
        several(task.test())
                .filter(words -> resources.byReference().contains(task.scorer()))
                .ifPresent(words -> notes.add(words + " test samples have several answers; what counts is"
                        + " the best score that " + task.scorer()
                        + " gives for one of them, which is no soft score over"
                        + " human answers (VQA)"));
        return notes;
    }

    private Task without(Map<Image, String> bad, Task task, List<String> notes) {
        if (bad.isEmpty()) {
            return noted(task, task.train(), task.test(), notes);
        }
        return noted(
                task,
                without(bad, task, "training", task.train(), notes),
                without(bad, task, "test", task.test(), notes),
                notes);
    }

    private static Task noted(Task task, List<Sample> train, List<Sample> test, List<String> notes) {
        return new Task(task.name(), task.about(), train, test, task.scorer(), notes);
    }

    private static Optional<String> several(List<Sample> samples) {
        var count = samples.stream()
                .filter(sample -> sample.references().size() > 1)
                .count();
        return Optional.of(count + " of " + samples.size()).filter(words -> count > 0);
    }

    private static List<Sample> without(
            Map<Image, String> bad, Task task, String split, List<Sample> samples, List<String> notes) {
        var left = samples.stream().filter(sample -> isBad(bad, sample)).toList();
        if (left.isEmpty()) {
            return samples;
        }
        if (left.size() == samples.size()) {
            throw new KarutaException(
                    "The task " + task.name() + " has no " + split + " samples left: the picture of none can be used.",
                    "See what they are without \"skipBad\".");
        }
        var first = left.get(0);
        notes.add(left.size() + " of " + samples.size() + " " + split + " samples are left out, since their pictures"
                + " cannot be used (first: " + first.id() + ": "
                + badImages(bad, first).findFirst().map(bad::get).orElseThrow() + ")");
        return samples.stream().filter(sample -> !isBad(bad, sample)).toList();
    }

    private static boolean isBad(Map<Image, String> bad, Sample sample) {
        return badImages(bad, sample).findFirst().isPresent();
    }

    private static Stream<Image> badImages(Map<Image, String> bad, Sample sample) {
        return sample.query().images().stream().filter(bad::containsKey);
    }
}
