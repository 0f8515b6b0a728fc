package karuta.doctor.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import karuta.api.Guidance;
import karuta.doctor.advice.Advice.Told;

/**
 * What to do about a task, in words.
 *
 * @param task its name
 * @param train how many samples made its prototype
 * @param test how many were sent to the nearest one
 */
record Sentence(String task, int train, int test) {

    /** A task is told apart where this share of its samples is nearest to it. */
    static final double APART = 0.9;

    /** Of fewer test samples the share is known to 20 points at best (Wilson's interval at one half). */
    static final int TESTED = 20;

    /** The mean of fewer training samples is no prototype. */
    static final int TRAINED = 10;

    /** Shares that are nearer than this are alike. */
    private static final double ALIKE = 0.02;

    private static final double PERCENT = 100;

    /** What a task is told from. */
    private enum Others {
        TASKS("the other tasks", "the task"),
        CARDS("the pool's cards", "the card");

        private final String all;
        private final String one;

        Others(String all, String one) {
            this.all = all;
            this.one = one;
        }
    }

    String of(List<Told> fromTasks, List<Told> fromCards) {
        if (test < TESTED || train < TRAINED) {
            return "Too few samples to tell: " + train + " to learn from and " + test + " to test on, and " + TRAINED
                    + " and " + TESTED + " are needed.";
        }
        var sentences = new ArrayList<String>();
        if (!fromTasks.isEmpty()) {
            sentences.add(from(Others.TASKS, fromTasks));
        }
        if (!fromCards.isEmpty()) {
            sentences.add(from(Others.CARDS, fromCards));
        }
        return sentences.isEmpty()
                ? "There is nothing to tell it from: it is the only task, and --pool names no cards."
                : String.join(" ", sentences);
    }

    private static Optional<Told> by(List<Told> told, String features) {
        return told.stream().filter(each -> each.by().equals(features)).findFirst();
    }

    private static boolean isApart(Optional<Told> told) {
        return told.filter(each -> each.own() >= APART).isPresent();
    }

    private String from(Others others, List<Told> told) {
        var image = by(told, Guidance.IMAGE);
        var text = by(told, Guidance.TEXT);
        var both = told.get(told.size() - 1);
        var where = others == Others.TASKS ? "" : " from " + others.all;
        if (isApart(image) && isApart(text)) {
            return "Image and text each tell it apart" + where + together(both, ", but together they do not") + ".";
        }
        if (isApart(text)) {
            return alone("text", "image", where, text.orElseThrow(), image, both);
        }
        if (isApart(image)) {
            return alone("image", "text", where, image.orElseThrow(), text, both);
        }
        if (both.own() >= APART) {
            return "Only image and text together tell it apart" + where + ".";
        }
        return alike(others, told, image.isPresent());
    }

    private static String together(Told both, String not) {
        return both.own() >= APART ? "" : not + " (" + percent(both.own()) + ")";
    }

    private static String alone(
            String deciding, String other, String where, Told alone, Optional<Told> idle, Told both) {
        var begin = "The " + deciding + " alone decides" + where;
        if (idle.isEmpty()) {
            return begin + ": not every sample has the other.";
        }
        if (both.own() < alone.own() - ALIKE) {
            return begin + "; the " + other + " only misleads (with it " + percent(both.own()) + " instead of "
                    + percent(alone.own()) + ").";
        }
        return both.own() > alone.own() + ALIKE
                ? begin + "; the " + other + " helps a little (" + percent(both.own()) + " instead of "
                        + percent(alone.own()) + ")."
                : begin + "; the " + other + " adds nothing.";
    }

    private String alike(Others others, List<Told> told, boolean seen) {
        var best = told.stream().max(Comparator.comparingDouble(Told::own)).orElseThrow();
        var neither = seen ? "Neither image nor text tells it" : "The text does not tell it";
        var rival = others.one + " \"" + best.rival() + "\"";
        if (others == Others.CARDS && best.rival().equals(task)) {
            return neither + " from the card of its own name, which would take " + percent(best.taken())
                    + " of its questions: the pool knows such data already.";
        }
        return best.taken() >= (1 - best.own()) / 2
                ? neither + " from " + rival + ", which takes " + percent(best.taken())
                        + " of it: learn them as one card, or ask in other words."
                : neither + " from " + others.all + ": " + percent(1 - best.own())
                        + " of it go to several of them, most (" + percent(best.taken()) + ") to " + rival + ".";
    }

    private static String percent(double share) {
        return Math.round(PERCENT * share) + " %";
    }
}
