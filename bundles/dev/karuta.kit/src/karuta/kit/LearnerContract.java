package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Fusion;
import karuta.api.Learner;
import karuta.api.PromptPool;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.kit.ToyTraining.Break;
import karuta.tensor.Autograd;

/** What must hold of every learner, for its author's tests; wrappers are learners too. */
public final class LearnerContract {

    private static final int STEPS = 3;

    private LearnerContract() {}

    /**
     * A run around a learner that plays cards which every stage trains, for wrappers to go over.
     *
     * @param learner makes one that plays pool, selector and fusion
     */
    public static ToyContext playing(Supplier<? extends Learner> learner) {
        return new ToyContext(1)
                .making(PromptPool.class, ToyPool::new)
                .<Selector>making(
                        Selector.class,
                        () -> calls -> calls.each(call -> new Selection(call.cards().all().stream()
                                .map(card -> new Pick(card, Double.NaN))
                                .toList())))
                .<Fusion>making(
                        Fusion.class,
                        () -> (samples, cards) -> samples.stream()
                                .map(sample -> sample.selection().picks().stream()
                                        .flatMap(pick -> pick.card().inserts().stream())
                                        .toList())
                                .toList())
                .over(learner);
    }

    /**
     * A fresh learner that takes up a saved state learns the next task as the first one does, bit for bit: before the second
     * stage and before the third.
     *
     * @param context makes a run with all parts, always the same
     * @param learner makes one that is not started
     * @throws AssertionError saying what differs
     */
    public static void goesOn(Supplier<ToyContext> context, Supplier<? extends Learner> learner, double rate) {
        for (var stage = 2; stage <= 3; stage++) {
            try (var first = context.get();
                    var second = context.get()) {
                var old = new ToyTraining(first.start(learner.get()), first);
                for (var before = 1; before < stage; before++) {
                    learn(old, before, rate);
                }
                var fresh = new ToyTraining(second.start(learner.get()), second);
                second.load(first.save());
                fresh.learner().load(old.learner().save());
                require("footprints", old.learner().footprint(), fresh.learner().footprint());
                require("answers", answers(old), answers(fresh));
                require("losses of stage " + stage, learn(old, stage, rate), learn(fresh, stage, rate));
                require("numbers after stage " + stage, numbers(first, old), numbers(second, fresh));
                require("answers after stage " + stage, answers(old), answers(fresh));
            }
        }
        for (var step = 1; step < STEPS; step++) {
            goesOnWithin(context, learner, rate, step);
        }
    }

    /**
     * A fresh learner that takes up what was saved before a stage, begins the stage again and gets what its steps have changed
     * learns the rest of it as the first one does, bit for bit. One that says it cannot is left alone.
     */
    private static void goesOnWithin(
            Supplier<ToyContext> context, Supplier<? extends Learner> learner, double rate, int step) {
        try (var first = context.get();
                var second = context.get()) {
            var old = new ToyTraining(first.start(learner.get()), first);
            learn(old, 1, rate);
            var fresh = new ToyTraining(second.start(learner.get()), second);
            second.load(first.save());
            fresh.learner().load(old.learner().save());
            var goesOn = new AtomicBoolean();
            learn(old, 2, rate, new Break(0, step, (values, optimiser) -> {
                var parts = first.saveWithin();
                var own = old.learner().saveWithin();
                if (parts.isPresent() && own.isPresent()) {
                    goesOn.set(true);
                    learn(fresh, 2, rate, new Break(step, step, (again, restored) -> {
                        copy(values, again);
                        restored.load(optimiser.state());
                        second.loadWithin(parts.get());
                        fresh.learner().loadWithin(own.get());
                    }));
                }
            }));
            if (goesOn.get()) {
                var when = "a stage that was left before step " + (step + 1);
                require("numbers after " + when, numbers(first, old), numbers(second, fresh));
                require("answers after " + when, answers(old), answers(fresh));
                require(
                        "footprints after " + when,
                        old.learner().footprint(),
                        fresh.learner().footprint());
            }
        }
    }

    private static void copy(List<NDArray> from, List<NDArray> to) {
        require("numbers of parameters", from.size(), to.size());
        Autograd.noGrad(() -> {
            for (var i = 0; i < from.size(); i++) {
                from.get(i).copyTo(to.get(i));
            }
            return to;
        });
    }

    private static Map<String, Double> learn(ToyTraining training, int task, double rate) {
        return learn(training, task, rate, Break.NONE);
    }

    private static Map<String, Double> learn(ToyTraining training, int task, double rate, Break place) {
        return training.stage(task, ToyTasks.name(task), ToyTasks.samples(task, 8), STEPS, rate, place);
    }

    private static List<Answer> texts(ToyTraining training, int task) {
        return training.answer(ToyTasks.samples(task, 2));
    }

    private static List<String> answers(ToyTraining training) {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(task -> texts(training, task))
                .flatMap(List::stream)
                .map(Answer::text)
                .toList();
    }

    /** All that is saved of a learner and the parts around it. */
    private static List<String> numbers(ToyContext context, ToyTraining training) {
        var states = new ArrayList<>(context.save().values());
        states.add(training.learner().save());
        return states.stream()
                .flatMap(state -> state.tensors().entrySet().stream())
                .map(tensor -> tensor.getKey() + " "
                        + Arrays.toString(tensor.getValue().toByteArray()))
                .sorted()
                .toList();
    }

    private static void require(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("The " + what + " differ: " + expected + " and " + actual + ".");
        }
    }
}
