package karuta.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.api.Tokenization;
import karuta.api.Tokenization.Length;

/**
 * Looks at all texts of a task as the backbone reads them: what is too long, what it would take for something else, and
 * what it has no words for.
 */
final class TextCheck {

    /** Above this share of bytes and unknown tokens a model hardly knows the language. */
    private static final double FOREIGN = 0.5;

    /** So many samples of a split show what language it is in. */
    private static final int SHOWN = 200;

    /** So many samples are read at once, on all processors. */
    private static final int AT_ONCE = 1024;

    /** What one sample is like; {@code failure} is empty where it could be read. */
    private record Read(Length length, Set<String> special, String failure) {}

    private final Task task;
    private final Tokenization tokenization;
    private final int inserted;
    private final Findings tooLong;
    private int longest;
    private final List<String> cut = new ArrayList<>();
    private final List<String> special = new ArrayList<>();
    private final Set<String> tokens = new TreeSet<>();
    private final List<Double> unknown = new ArrayList<>();
    private String foreign = "";

    /**
     * @param inserted soft tokens in front of every sample
     * @param tooLong gets what is too long
     */
    TextCheck(Task task, Tokenization tokenization, int inserted, Findings tooLong) {
        this.task = task;
        this.tokenization = tokenization;
        this.inserted = inserted;
        this.tooLong = tooLong;
    }

    /** Looks at them all. */
    TextCheck read(Origin origin, StudyListener watch, CancellationToken stop) {
        var all = task.train().size() + task.test().size();
        var done = 0;
        for (var training : List.of(true, false)) {
            var samples = training ? task.train() : task.test();
            var source = origin.of(task.name(), training);
            samples.stream().limit(SHOWN).forEach(this::show);
            for (var from = 0; from < samples.size(); from += AT_ONCE) {
                stop.check();
                var some = samples.subList(from, Math.min(from + AT_ONCE, samples.size()));
                var read = some.parallelStream().map(this::read).toList();
                for (var i = 0; i < some.size(); i++) {
                    take(source + " sample " + some.get(i).id(), training, read.get(i));
                }
                done += some.size();
                watch.progress(
                        new Progress("task " + task.name(), "read texts of sample", done, all, OptionalDouble.empty()));
            }
        }
        return this;
    }

    private Read read(Sample sample) {
        try {
            return new Read(tokenization.length(sample.query(), sample.answer(), inserted), specialIn(sample), "");
        } catch (KarutaException unreadable) {
            return new Read(
                    new Length(0, 0),
                    Set.of(),
                    unreadable.getMessage().lines().findFirst().orElse("unreadable"));
        }
    }

    private Set<String> specialIn(Sample sample) {
        var query = sample.query();
        var said = Stream.concat(
                        Stream.of(query.instruction(), sample.answer()),
                        query.earlier().stream().flatMap(turn -> Stream.of(turn.question(), turn.answer())))
                .toList();
        return tokenization.special().stream()
                .filter(token -> said.stream().anyMatch(text -> text.contains(token)))
                .collect(Collectors.toSet());
    }

    private void show(Sample sample) {
        var text = sample.query().instruction() + " " + sample.answer();
        var share = tokenization.unknown(text);
        unknown.add(share);
        if (foreign.isEmpty() && share > FOREIGN) {
            foreign = text;
        }
    }

    private void take(String name, boolean training, Read read) {
        if (!read.failure().isEmpty()) {
            tooLong.add(name + ": " + read.failure());
            return;
        }
        var length = training ? read.length() : new Length(read.length().question(), 0); // not read by the model
        longest = Math.max(longest, length.whole());
        if (length.whole() + inserted > tokenization.most()) {
            if (tokenization.cuts() && length.question() + inserted < tokenization.most()) {
                cut.add(name);
            } else {
                tooLong.add(name + ": " + words(length));
            }
        }
        if (!read.special().isEmpty()) {
            special.add(name);
            tokens.addAll(read.special());
        }
    }

    private String words(Length length) {
        var front = inserted > 0 ? inserted + " tokens of prompts and " : "";
        var said = length.question() + inserted > tokenization.most()
                ? "the question takes " + front + length.question() + " tokens"
                : "the answer takes " + length.answer() + " tokens after " + front + length.question()
                        + " of the question";
        return said + ", and the model reads " + tokenization.most();
    }

    /** At least the tokens of the longest sample, without soft tokens. */
    int longest() {
        return longest;
    }

    /** How many answers are cut, if any. */
    Optional<String> cut() {
        return cut.stream()
                .findFirst()
                .map(first -> cut.size() + " of " + task.train().size() + " training answers are cut, since the model"
                        + " reads " + tokenization.most() + " tokens at once (first: " + first + ")");
    }

    /** What the user must know of the texts. */
    List<String> notes() {
        var notes = new ArrayList<String>();
        cut().ifPresent(notes::add);
        if (!special.isEmpty()) {
            notes.add(String.join(", ", tokens) + " in the texts of " + special.size()
                    + (special.size() == 1 ? " sample" : " samples")
                    + ": the model's tokenizer takes it for a token of its own, as that of Transformers does (first: "
                    + special.get(0) + ")");
        }
        var share = unknown.stream().mapToDouble(each -> each).average().orElse(0);
        if (share > FOREIGN) {
            notes.add("the model hardly knows this language: %.0f %% of the tokens of the first samples are unknown or"
                            .formatted(100 * share)
                    + " single bytes (such as those of \"" + shortened(foreign) + "\")");
        }
        return notes;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= 60
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 60)) + "...";
    }
}
