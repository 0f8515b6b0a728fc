package karuta.fidelity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.Sample;
import karuta.kit.ToyTasks;

/**
 * Which prompts stand in front of samples, in which order.
 *
 * @param play of the arm
 * @param findings are added to
 * @param k how many prompts the arm's option says
 * @param lambda that the arm's option says
 */
record Choices(Play play, Findings findings, int k, double lambda) {

    private static final int TASKS = 7;

    /**
     * At inference, when as many tasks have been learned as there are prompts.
     *
     * @return how the arm compares, as far as it could be told
     */
    Optional<Likeness> atInference(List<Prompt> prompts) {
        var inputs = inputs();
        var prompted = play.prompted(inputs);
        if (Sequence.elsewhere(prompted)) {
            findings.add(Deviation.PLACE_OTHER, "it puts in prefixes or adapters.");
        }
        Function<List<Input>, Optional<List<Sequence>>> chosen = some -> Sequence.of(play.prompted(some), prompts);
        var singles = alone(inputs, chosen);
        if (singles.isEmpty()) {
            findings.add(Deviation.FUSION_OTHER, "what stands in front of a sample is not made of whole prompts.");
            return Optional.empty();
        }
        byChance(inputs, chosen, singles.get());
        told(inputs, chosen, singles.get(), prompts);
        company(inputs, chosen, singles.get());
        var count = singles.get().get(0).places().size();
        if (count != Math.min(k, prompts.size())) {
            findings.add(
                    Deviation.K_OFF,
                    "of " + prompts.size() + " learned tasks' prompts " + count + " are used, where K is " + k + ".");
        }
        return likeness(Features.of(inputs), singles.get(), prompts);
    }

    private List<Input> inputs() {
        var samples = IntStream.rangeClosed(1, TASKS).boxed().flatMap(task -> Play.samples(task).stream());
        return play.training().batch(samples.toList()).inputs();
    }

    private static Optional<List<Sequence>> alone(
            List<Input> inputs, Function<List<Input>, Optional<List<Sequence>>> chosen) {
        var each = inputs.stream().map(input -> chosen.apply(List.of(input))).toList();
        return each.stream().allMatch(Optional::isPresent)
                ? Optional.of(each.stream().map(one -> one.orElseThrow().get(0)).toList())
                : Optional.empty();
    }

    /** The same samples again, and twice without their texts. */
    private void byChance(
            List<Input> inputs, Function<List<Input>, Optional<List<Sequence>>> chosen, List<Sequence> singles) {
        if (!alone(inputs, chosen).equals(Optional.of(singles))) {
            findings.add(Deviation.CHOICE_BY_CHANCE, "the same samples get other prompts when they are asked again.");
            return;
        }
        var mute = inputs.stream().map(Choices::mute).toList();
        try {
            if (!alone(mute, chosen).equals(alone(mute, chosen))) {
                findings.add(
                        Deviation.CHOICE_BY_CHANCE,
                        "samples without a text get other prompts every time: chance stands in for the text.");
            }
        } catch (KarutaException refused) {
            // to refuse samples without text is sound
        }
    }

    private static Input mute(Input input) {
        var image = new Guidance(input.guidance().image(), Optional.empty());
        return new Input(input.key(), input.query(), input.vision(), image, Optional.empty());
    }

    private void told(
            List<Input> inputs,
            Function<List<Input>, Optional<List<Sequence>>> chosen,
            List<Sequence> singles,
            List<Prompt> prompts) {
        for (var place = 0; !findings.has(Deviation.CHOICE_BY_CHANCE) && place < prompts.size(); place++) {
            var task = Optional.of(ToyTasks.name(place + 1));
            var told = inputs.stream()
                    .map(input -> new Input(input.key(), input.query(), input.vision(), input.guidance(), task))
                    .toList();
            if (!alone(told, chosen).equals(Optional.of(singles))) {
                findings.add(Deviation.TASK_TOLD, "who is told another task gets other prompts.");
                return;
            }
        }
    }

    /** All samples at once, and once more with another one first. */
    private void company(
            List<Input> inputs, Function<List<Input>, Optional<List<Sequence>>> chosen, List<Sequence> singles) {
        var together = chosen.apply(inputs).orElse(List.of());
        if (together.equals(singles) || findings.has(Deviation.CHOICE_BY_CHANCE)) {
            return;
        }
        var other = IntStream.range(0, singles.size())
                .filter(i -> !singles.get(i).equals(singles.get(0)))
                .findFirst()
                .orElse(0);
        var turned = new ArrayList<>(inputs);
        Collections.rotate(turned, -other);
        if (all(together, singles.get(0)) && all(chosen.apply(turned).orElse(List.of()), singles.get(other))) {
            findings.add(
                    Deviation.CHOICE_BY_FIRST_SAMPLE,
                    inputs.size() + " samples that get "
                            + singles.stream().distinct().count()
                            + " different choices one by one all get that of the first when they are asked together.");
        } else {
            findings.add(
                    Deviation.CHOICE_BY_BATCH,
                    IntStream.range(0, Math.min(together.size(), singles.size()))
                                    .filter(i -> !together.get(i).equals(singles.get(i)))
                                    .count()
                            + " of " + inputs.size()
                            + " samples get other prompts together than alone.");
        }
    }

    private static boolean all(List<Sequence> chosen, Sequence same) {
        return chosen.stream().allMatch(same::equals);
    }

    private Optional<Likeness> likeness(List<Features> samples, List<Sequence> singles, List<Prompt> prompts) {
        var all = Stream.concat(Stream.of(Likeness.defined(lambda)), Likeness.others(lambda).stream());
        var found = all.filter(likeness -> fits(likeness, samples, singles, prompts))
                .findFirst();
        if (found.isEmpty()) {
            if (!findings.has(Deviation.CHOICE_BY_CHANCE)) {
                findings.add(Deviation.CHOICE_OTHER, "no known likeness explains which prompts are chosen.");
            }
            return found;
        }
        var likeness = found.get();
        likeness.deviation().ifPresent(deviation -> findings.add(deviation, "it chooses " + likeness.words() + "."));
        order(likeness, samples, singles, prompts, "at inference");
        return found;
    }

    private static boolean fits(
            Likeness likeness, List<Features> samples, List<Sequence> singles, List<Prompt> prompts) {
        return IntStream.range(0, samples.size())
                .allMatch(i -> likeness.best(
                                samples.get(i), prompts, singles.get(i).places().size())
                        .map(best -> singles.get(i).sameSet(best))
                        .orElse(true));
    }

    private void order(
            Likeness likeness, List<Features> samples, List<Sequence> chosen, List<Prompt> prompts, String when) {
        var wrong = IntStream.range(0, samples.size())
                .filter(i -> likeness.best(
                                samples.get(i), prompts, chosen.get(i).places().size())
                        .filter(best -> chosen.get(i).sameSet(best)
                                && !chosen.get(i).places().equals(best))
                        .isPresent())
                .count();
        if (wrong > 0) {
            findings.add(
                    Deviation.ORDER,
                    "in front of " + wrong + " of " + samples.size() + " samples " + when
                            + " the best prompt is not the last, or others stand otherwise.");
        }
    }

    /**
     * In training, when there are more earlier prompts than are used.
     *
     * @param prompts the last one in training
     * @param likeness how the arm compares at inference
     */
    void inTraining(int stage, List<Prompt> prompts, Optional<Likeness> likeness) {
        List<Sample> asked = IntStream.rangeClosed(1, TASKS)
                .boxed()
                .flatMap(task -> Play.samples(task).stream())
                .toList();
        var inputs = play.training().batch(asked).inputs();
        Function<List<Input>, Optional<List<Sequence>>> chosen = some -> Sequence.of(prompted(some, stage), prompts);
        var singles = alone(inputs, chosen);
        if (singles.isEmpty()) {
            findings.add(
                    Deviation.FUSION_OTHER,
                    "what stands in front of a sample in training is not made of whole prompts.");
            return;
        }
        company(inputs, chosen, singles.get());
        var open = prompts.size() - 1;
        current(singles.get(), open);
        var earlier = singles.get().stream().map(each -> each.without(open)).toList();
        var expected = Math.min(k - 1, open);
        var most = earlier.stream().mapToInt(each -> each.places().size()).max().orElse(0);
        if (most != expected && !findings.has(Deviation.K_OFF) && !findings.has(Deviation.CURRENT_MISSING)) {
            findings.add(
                    Deviation.EARLIER_COUNT, most + " of " + open + " earlier prompts are used, where K is " + k + ".");
        }
        var frozen = prompts.subList(0, open);
        likeness.filter(known -> !findings.has(Deviation.CURRENT_MISSING)).ifPresent(known -> {
            if (!fits(known, Features.of(inputs), earlier, frozen)) {
                findings.add(Deviation.EARLIER_CHOICE, "earlier prompts are not chosen as at inference.");
            } else {
                order(known, Features.of(inputs), earlier, frozen, "in training");
            }
        });
    }

    private List<PromptedInput> prompted(List<Input> inputs, int stage) {
        return play.prompted(inputs, stage);
    }

    private void current(List<Sequence> chosen, int open) {
        var missing =
                chosen.stream().filter(each -> !each.places().contains(open)).count();
        if (missing > 0) {
            findings.add(
                    Deviation.CURRENT_MISSING,
                    "in front of " + missing + " of " + chosen.size() + " samples the prompt in training is missing.");
        }
        var elsewhere = chosen.stream()
                .filter(each -> missing == 0
                        && each.places().indexOf(open) != each.places().size() - 1)
                .count();
        if (elsewhere > 0) {
            findings.add(
                    Deviation.CURRENT_NOT_LAST,
                    "in front of " + elsewhere + " of " + chosen.size()
                            + " samples earlier prompts stand behind the one in training.");
        }
    }
}
