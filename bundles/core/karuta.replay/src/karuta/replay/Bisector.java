package karuta.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import karuta.study.FileHash;
import karuta.study.Run;
import karuta.study.record.Prediction;
import karuta.study.record.TraceRow;

/** Goes through two runs as they went, and notes the first difference of each level. */
final class Bisector {

    /** Names that a person gives change nothing. */
    private static final Set<String> NAMES = Set.of("study", "order", "arm.name", "tasks");

    private static final int SHOWN = 12;

    private final KeptRun a;
    private final KeptRun b;
    private final Map<Level, Finding> findings = new EnumMap<>(Level.class);
    private final List<String> notes = new ArrayList<>();
    private int steps;
    private int answers;

    Bisector(KeptRun a, KeptRun b) {
        this.a = a;
        this.b = b;
    }

    Bisection bisection() {
        settings();
        var stages = Math.min(a.stages(), b.stages());
        if (a.stages() != b.stages()) {
            notes.add("A has " + a.stages() + " complete stages and B has " + b.stages() + ": the first " + stages
                    + " were compared.");
        }
        if (a.trace().isEmpty() || b.trace().isEmpty()) {
            notes.add((a.trace().isEmpty() ? "A" : "B") + " has no trace: steps could not be compared.");
        }
        var ofA = a.predictions();
        var ofB = b.predictions();
        for (var stage = 0; stage <= stages; stage++) {
            trace(stage);
            checkpoint(stage);
            answers(stage, ofA.getOrDefault(stage, List.of()), ofB.getOrDefault(stage, List.of()));
            scores(stage);
        }
        return new Bisection(
                findings.values().stream().toList(),
                Bisection.surroundings(a.facts(), b.facts()),
                new Bisection.Compared(stages + 1, steps, answers, notes));
    }

    private void settings() {
        always(Level.OPTION, Group.STUDY);
        always(Level.DATA, Group.DATA);
        if (!a.run().getTasks().equals(b.run().getTasks())) {
            note(
                    Level.ORDER,
                    Finding.ALWAYS,
                    0,
                    "tasks:",
                    a.run().getTasks().toString(),
                    b.run().getTasks().toString());
        }
        always(Level.WEIGHTS, Group.WEIGHTS);
    }

    private void always(Level level, Group group) {
        Facts.differences(group, a.facts(), b.facts()).stream()
                .filter(difference -> group != Group.STUDY || !NAMES.contains(difference.key()))
                .findFirst()
                .ifPresent(difference -> note(
                        level,
                        Finding.ALWAYS,
                        0,
                        (group == Group.STUDY ? "" : group.words() + " ") + difference.key() + ":",
                        difference.a().orElse("nothing"),
                        difference.b().orElse("nothing")));
    }

    private void note(Level level, int stage, int row, String what, String ofA, String ofB) {
        findings.putIfAbsent(level, new Finding(level, stage, row, what, ofA, ofB));
    }

    private void trace(int stage) {
        var ofA = a.trace(stage);
        var ofB = b.trace(stage);
        if (ofA.isEmpty() || ofB.isEmpty()) {
            return;
        }
        for (var row = 0; row < Math.min(ofA.size(), ofB.size()); row++) {
            var one = ofA.get(row);
            var other = ofB.get(row);
            if (one instanceof TraceRow.Begin x && other instanceof TraceRow.Begin y) {
                begin(row, x, y);
            } else if (one instanceof TraceRow.Step x && other instanceof TraceRow.Step y && x.step() == y.step()) {
                steps++;
                step(row, x, y);
            } else if (one instanceof TraceRow.End x && other instanceof TraceRow.End y) {
                unequal(
                        stage == 0 ? Level.WEIGHTS : Level.STATE,
                        stage,
                        row,
                        after(stage) + ", what is kept:",
                        x.state(),
                        y.state());
            } else {
                note(Level.BATCH, stage, row, "stage " + stage + ":", place(one), place(other));
                return;
            }
        }
    }

    private void begin(int row, TraceRow.Begin x, TraceRow.Begin y) {
        unequal(
                Level.WEIGHTS,
                x.stage(),
                row,
                place(x) + ", what is trained begins as",
                x.weights() + " (" + x.numbers() + " numbers)",
                y.weights() + " (" + y.numbers() + " numbers)");
    }

    private void step(int row, TraceRow.Step x, TraceRow.Step y) {
        var place = place(x);
        unequal(Level.BATCH, x.stage(), row, place + ": samples", x.batch(), y.batch());
        var terms = new TreeSet<>(x.losses().keySet());
        terms.addAll(y.losses().keySet());
        for (var term : terms) {
            unequal(
                    Level.LOSS,
                    x.stage(),
                    row,
                    place + ": loss " + term,
                    bits(x.losses(), term),
                    bits(y.losses(), term));
        }
        unequal(
                Level.GRADIENT,
                x.stage(),
                row,
                place + ": norm of the gradient",
                bits(x.gradient()),
                bits(y.gradient()));
        unequal(Level.RATE, x.stage(), row, place + ": learning rate", bits(x.rate()), bits(y.rate()));
    }

    private void unequal(Level level, int stage, int row, String what, String ofA, String ofB) {
        if (!ofA.equals(ofB)) {
            note(level, stage, row, what, shown(ofA), shown(ofB));
        }
    }

    /** Hashes need not be read whole. */
    private static String shown(String text) {
        return text.replaceAll("\\b([0-9a-f]{" + SHOWN + "})[0-9a-f]{" + (64 - SHOWN) + "}\\b", "$1...");
    }

    private static String bits(Map<String, Float> losses, String term) {
        return Optional.ofNullable(losses.get(term))
                .map(value -> value + " (0x%08x)".formatted(Float.floatToIntBits(value)))
                .orElse("nothing");
    }

    private static String bits(double value) {
        return value + " (0x%016x)".formatted(Double.doubleToLongBits(value));
    }

    private static String place(TraceRow row) {
        var stage = "stage " + row.stage();
        if (row instanceof TraceRow.Step step) {
            return stage + phase(step.phase()) + ", step " + (step.step() + 1);
        }
        return row instanceof TraceRow.Begin begin ? stage + phase(begin.phase()) : "the end of " + stage;
    }

    private static String phase(String name) {
        return name.isEmpty() ? "" : ", phase " + name;
    }

    private static String after(int stage) {
        return stage == 0 ? "before training" : "after stage " + stage;
    }

    /** Where traces do not tell what is kept, the checkpoints that are still there do. */
    private void checkpoint(int stage) {
        var traced = a.trace(stage).stream().anyMatch(TraceRow.End.class::isInstance)
                && b.trace(stage).stream().anyMatch(TraceRow.End.class::isInstance);
        var name = a.folder().checkpoint(stage).getFileName().toString();
        var ofA = listed(a.run(), name);
        var ofB = listed(b.run(), name);
        if (!traced && ofA.isPresent() && ofB.isPresent()) {
            unequal(Level.STATE, stage, Finding.AFTER - 1, name + ":", ofA.get(), ofB.get());
        }
    }

    private static Optional<String> listed(Run run, String name) {
        return run.getFiles().stream()
                .filter(file -> file.getName().equals(name))
                .map(FileHash::getHash)
                .findFirst();
    }

    private record Asked(String task, String id) {

        static Map<Asked, Prediction> by(Collection<Prediction> predictions) {
            return predictions.stream()
                    .collect(Collectors.toMap(
                            each -> new Asked(each.task(), each.id()),
                            each -> each,
                            (one, twin) -> one,
                            LinkedHashMap::new));
        }
    }

    private void answers(int stage, List<Prediction> ofA, List<Prediction> ofB) {
        var byB = Asked.by(ofB);
        for (var entry : Asked.by(ofA).entrySet()) {
            var x = entry.getValue();
            var place = after(stage) + ", sample " + x.id() + " of " + x.task();
            Optional.ofNullable(byB.remove(entry.getKey()))
                    .ifPresentOrElse(
                            y -> answer(stage, place, x, y),
                            () -> note(Level.DATA, Finding.ALWAYS, 1, sample(x), "is asked", "is not there"));
        }
        byB.values().stream()
                .findFirst()
                .ifPresent(y -> note(Level.DATA, Finding.ALWAYS, 1, sample(y), "is not there", "is asked"));
    }

    private static String sample(Prediction prediction) {
        return "sample " + prediction.id() + " of " + prediction.task();
    }

    private void answer(int stage, String place, Prediction x, Prediction y) {
        answers++;
        unequal(Level.DATA, Finding.ALWAYS, 1, sample(x) + ": question", quoted(x.prompt()), quoted(y.prompt()));
        unequal(
                Level.DATA,
                Finding.ALWAYS,
                1,
                sample(x) + ": reference",
                x.answers().toString(),
                y.answers().toString());
        unequal(Level.SELECTION, stage, Finding.AFTER, place + ": cards", cards(x), cards(y));
        unequal(Level.ANSWER, stage, Finding.AFTER, place + ":", quoted(x.text()), quoted(y.text()));
        unequal(Level.SCORE, stage, Finding.AFTER, place + ": score", score(x), score(y));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String cards(Prediction prediction) {
        return prediction.selected().stream()
                .map(card -> card.card()
                        + (card.score().isPresent() ? " " + card.score().getAsDouble() : ""))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String score(Prediction prediction) {
        return prediction.score()
                + (prediction.parsed().equals(prediction.text()) ? "" : " of " + quoted(prediction.parsed()));
    }

    private void scores(int stage) {
        var ofA = scores(a.run(), stage);
        var ofB = scores(b.run(), stage);
        ofA.keySet().retainAll(ofB.keySet());
        ofA.forEach((task, score) ->
                unequal(Level.SCORE, stage, Finding.AFTER, after(stage) + ", " + task, score, ofB.get(task)));
    }

    /** With the rule, which may give the same number. */
    private static Map<String, String> scores(Run run, int stage) {
        var scores = new LinkedHashMap<String, String>();
        var matrix = run.getMatrix();
        var row = matrix.getRows().get(stage);
        for (var i = 0; i < matrix.getTasks().size(); i++) {
            var rule = matrix.getScorers().isEmpty()
                    ? ""
                    : " by " + matrix.getScorers().get(i);
            scores.put(matrix.getTasks().get(i), row.getScores().get(i) + rule);
        }
        for (var i = 0; i < matrix.getWatched().size(); i++) {
            scores.put(matrix.getWatched().get(i), row.getWatched().get(i).toString());
        }
        return scores;
    }
}
