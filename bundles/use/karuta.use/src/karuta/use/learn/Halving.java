package karuta.use.learn;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.StudyListener;

/**
 * Chooses a card's length and its learning rate by successive halving (Jamieson, Talwalkar: Non-stochastic Best Arm Identification and
 * Hyperparameter Optimization, AISTATS 2016), and its steps by the time that is left: all candidates learn for a few steps, the best
 * third of them anew for three times as many. What counts is the smallest loss of the held-out samples. The budget is that of
 * training; what is asked before and after comes on top.
 */
public final class Halving {

    private static final int PART = 3;
    private static final int ROUNDS = 2;
    private static final List<Double> FACTORS = List.of(1.0, 1.0 / 3, 3.0);
    private static final List<Double> LENGTHS = List.of(1.0, 0.5, 2.0);

    private final PoolTeacher teacher;
    private final List<String> given;
    private final StudyListener watch;
    private final CancellationToken stop;
    private final Patience patience;
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Integer, Boolean> fitting = new HashMap<>();
    private final long until;
    private double seconds;
    private long steps;

    /**
     * A way to learn the card.
     *
     * @param rate of learning
     * @param length soft tokens, where the arm's pool lets one choose
     */
    private record Candidate(double rate, Optional<Integer> length) {}

    /**
     * A candidate that has learned for some steps.
     *
     * @param rate of learning
     * @param length soft tokens, where the arm's pool lets one choose
     * @param steps at most
     * @param loss the smallest of the held-out samples
     */
    public record Trial(double rate, Optional<Integer> length, int steps, double loss) {

        /** A line of a table. */
        public String words() {
            return length.map("length %3d  "::formatted).orElse("")
                    + String.format(Locale.ROOT, "rate %-9.4g  steps %4d  loss %.4f", rate, steps, loss);
        }

        private Candidate candidate() {
            return new Candidate(rate, length);
        }
    }

    /**
     * @param given changes of the pool's study that all candidates have
     * @param budget for all trials and the training after them
     */
    public Halving(
            PoolTeacher teacher,
            List<String> given,
            Duration budget,
            Patience patience,
            StudyListener watch,
            CancellationToken stop) {
        this.teacher = teacher;
        this.given = List.copyOf(given);
        this.patience = patience;
        this.watch = watch;
        this.stop = stop;
        until = System.nanoTime() + budget.toNanos();
    }

    /**
     * Tries.
     *
     * @return changes of the pool's study that the card is to be learned with
     * @throws KarutaException if nothing is held out
     * @throws karuta.engine.loop.RunCancelled if it was told to stop
     */
    public List<String> choose() {
        if (teacher.data().heldOut().isEmpty()) {
            throw new KarutaException(
                    "Nothing is held out, so that no candidate is better than another one.",
                    "Leave --holdout as it is, or --auto out.");
        }
        var whole = Math.toIntExact(teacher.steps(teacher.plan(given)));
        var left = candidates().stream().filter(this::fits).toList();
        for (var round = 0; round < ROUNDS; round++) {
            var each = Math.max(1, (int) (whole / Math.pow(PART, ROUNDS - round)));
            var tried = round(left, each, whole);
            if (tried.isEmpty()) {
                break;
            }
            left = tried.stream()
                    .sorted(Comparator.comparingDouble(Trial::loss))
                    .map(Trial::candidate)
                    .limit((tried.size() + PART - 1) / PART)
                    .toList();
        }
        return changes(left.get(0), Math.min(affordable(), whole));
    }

    /** What was tried, in its order. */
    public List<Trial> trials() {
        return List.copyOf(trials);
    }

    /** The pool's own settings first; they count if there is time for nothing else. */
    private List<Candidate> candidates() {
        var plan = teacher.plan(given);
        var own = own();
        var lengths = own.isEmpty()
                ? List.of(own)
                : LENGTHS.stream()
                        .map(factor -> Optional.of((int) Math.max(1, Math.round(own.get() * factor))))
                        .distinct()
                        .toList();
        return FACTORS.stream()
                .flatMap(factor -> lengths.stream()
                        .map(length -> new Candidate(rounded(plan.training().getRate() * factor), length)))
                .toList();
    }

    /** To the digits that are told, so that what is told is what is learned with. */
    private static double rounded(double rate) {
        return new BigDecimal(rate).round(new MathContext(4)).doubleValue();
    }

    private Optional<Integer> own() {
        return PoolTeacher.pool(teacher.plan(given), "length").map(Integer::parseInt);
    }

    /** More soft tokens than the study has may leave too little room; that the study's own fit was seen before. */
    private boolean fits(Candidate candidate) {
        return candidate
                .length()
                .filter(length -> length > own().orElseThrow())
                .map(length -> fitting.computeIfAbsent(length, fresh -> fit(candidate)))
                .orElse(true);
    }

    private boolean fit(Candidate candidate) {
        try {
            teacher.check(changes(candidate, 1), StudyListener.NOBODY, stop);
            return true;
        } catch (KarutaException tooLong) {
            watch.says("length " + candidate.length().orElseThrow() + " is left out. " + tooLong.getMessage());
            return false;
        }
    }

    /** Those for which there was time, if the last training is to have some, too. */
    private List<Trial> round(List<Candidate> candidates, int each, int whole) {
        var tried = new ArrayList<Trial>();
        for (var candidate : candidates) {
            var needed = each + Math.min(whole, PART * each);
            if (!trials.isEmpty() && affordable() < needed) {
                watch.says("no time for the other " + (candidates.size() - tried.size()) + " candidates with " + each
                        + " steps");
                break;
            }
            var title = "trial " + (trials.size() + 1) + " (" + (tried.size() + 1) + " of " + candidates.size()
                    + " with " + each + " steps)";
            var since = System.nanoTime();
            var loss = teacher.trial(title, changes(candidate, each), patience, watch, stop);
            seconds += (System.nanoTime() - since) / 1e9;
            steps += each;
            var trial = new Trial(candidate.rate(), candidate.length(), each, loss);
            trials.add(trial);
            tried.add(trial);
            watch.says(trial.words());
        }
        return tried;
    }

    /** For how many steps there is time. */
    private long affordable() {
        return (long) Math.max(1, (until - System.nanoTime()) / 1e9 * steps / seconds);
    }

    private List<String> changes(Candidate candidate, long most) {
        var changes = new ArrayList<>(given);
        changes.add("training.rate=" + candidate.rate());
        changes.add("training.epochs=");
        changes.add("training.steps=" + most);
        candidate
                .length()
                .ifPresent(length ->
                        changes.add("arms." + teacher.plan(given).arm().arm().getName() + ".pool.length=" + length));
        return List.copyOf(changes);
    }
}
