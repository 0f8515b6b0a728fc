package karuta.doctor.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            var sentence = from(Others.CARDS, fromCards);
            sentences.add("Against " + Others.CARDS.all + ", "
                    + sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1));
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
        if (isApart(image) && isApart(text)) {
            return "Image and text each tell it apart"
                    + (both.own() >= APART ? "." : ", but together they do not (" + percent(both.own()) + ").");
        }
        if (isApart(text)) {
            return alone("text", "image", text.orElseThrow(), image, both);
        }
        if (isApart(image)) {
            return alone("image", "text", image.orElseThrow(), text, both);
        }
        return both.own() >= APART
                ? "Only image and text together tell it apart."
                : alike(
                        others,
                        both,
                        image.isPresent() ? "Neither image nor text tells it" : "The text does not tell it");
    }

    private static String alone(String deciding, String other, Told alone, Optional<Told> idle, Told both) {
        var begin = "The " + deciding + " alone decides; ";
        if (idle.isEmpty()) {
            return begin + "not every sample has an " + other + ".";
        }
        var instead = " (" + percent(both.own()) + " instead of " + percent(alone.own()) + ").";
        if (both.own() < alone.own() - ALIKE) {
            return begin + "the " + other + " misleads" + instead;
        }
        return begin + "the " + other
                + (both.own() > alone.own() + ALIKE ? " helps a little" + instead : " adds nothing.");
    }

    /** By both, as a selector would choose. */
    private String alike(Others others, Told both, String neither) {
        var rival = others.one + " \"" + both.rival() + "\"";
        if (others == Others.CARDS && both.rival().equals(task)) {
            return neither + " from the card of its own name, which would take " + percent(both.taken())
                    + " of its questions: the pool knows such data already.";
        }
        return both.taken() >= (1 - both.own()) / 2
                ? neither + " from " + rival + ", which takes " + percent(both.taken())
                        + " of it: learn them as one card, or ask in other words."
                : neither + " from " + others.all + ": " + percent(1 - both.own())
                        + " of it go to several of them, most (" + percent(both.taken()) + ") to " + rival + ".";
    }

    private static String percent(double share) {
        return Math.round(PERCENT * share) + " %";
    }
}
