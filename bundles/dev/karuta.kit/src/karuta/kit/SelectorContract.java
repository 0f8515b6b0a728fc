package karuta.kit;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Guidance;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;

/**
 * What every selector must keep to: what it chooses for a sample depends on nothing but the sample and the cards. PyTorch
 * rounds matrix products of other sizes differently, so that this is easily broken in the last bit, and with it the choice.
 */
public final class SelectorContract {

    private static final int WIDTH = 64;

    private SelectorContract() {}

    /**
     * Asks for a batch, for each sample alone, backwards, from the middle on and among copies of themselves, more than 32 at
     * once: the same cards, scores and weights, bit for bit.
     *
     * @param selector started, if it must be
     * @throws AssertionError naming the first sample whose choice depends on its company
     */
    public static void batchEqualsSingles(Selector selector, Calls calls) {
        var order = IntStream.range(0, calls.samples().size()).boxed().toList();
        var together = choices(selector, calls, order);
        var expected = new TreeMap<Integer, Choice>();
        order.forEach(i -> expected.put(i, together.get(i)));
        order.forEach(i -> compare("alone", expected, List.of(i), choices(selector, calls, List.of(i))));
        for (var company : companies(order).entrySet()) {
            compare(company.getKey(), expected, company.getValue(), choices(selector, calls, company.getValue()));
        }
    }

    /**
     * Asks for samples without a true task, and then with that of each card.
     *
     * @param selector started, if it must be
     * @throws AssertionError if a choice changes
     */
    public static void readsNoTask(Selector selector, Calls calls) {
        var order = IntStream.range(0, calls.samples().size()).boxed().toList();
        var expected = choices(selector, told(calls, Optional.empty()), order);
        for (var card : calls.cards().all()) {
            var chosen = choices(selector, told(calls, card.task()), order);
            if (!chosen.equals(expected)) {
                throw new AssertionError(
                        "Who is told the task " + card.task() + " chooses " + chosen + ", else " + expected + ".");
            }
        }
    }

    private static Calls told(Calls calls, Optional<String> task) {
        return new Calls(
                calls.cards(),
                calls.samples().stream()
                        .map(call -> new Call(call.guidance(), call.cards(), call.random(), task))
                        .toList());
    }

    private static Map<String, List<Integer>> companies(List<Integer> order) {
        var backwards = new ArrayList<>(order);
        Collections.reverse(backwards);
        var middle = new ArrayList<>(order);
        Collections.rotate(middle, order.size() / 2);
        var crowd = new ArrayList<>(order);
        while (crowd.size() <= 64) {
            crowd.addAll(backwards);
        }
        return Map.of("backwards", backwards, "from the middle on", middle, "in a crowd", crowd);
    }

    private static void compare(
            String company, Map<Integer, Choice> expected, List<Integer> samples, List<Choice> chosen) {
        for (var i = 0; i < samples.size(); i++) {
            var sample = samples.get(i);
            if (!expected.get(sample).equals(chosen.get(i))) {
                throw new AssertionError("Sample " + sample + " chooses " + expected.get(sample) + " in its batch, but "
                        + chosen.get(i) + " " + company + ".");
            }
        }
    }

    /**
     * {@link #batchEqualsSingles} for 1, 7, 32 and 45 samples and for 3, 200 and 2,000 cards with random keys, all of them
     * frozen and with the newest being trained.
     *
     * @param selector started, if it must be
     * @param needed features that the selector cannot do without; a third of the samples lacks each other one
     */
    public static void holdsForManySizes(Selector selector, Set<String> needed) {
        holdsFor(selector, needed, 3, 200, 2000);
    }

    /** {@link #holdsForManySizes} for given numbers of cards, for a selector that takes long over thousands. */
    public static void holdsFor(Selector selector, Set<String> needed, int... sizes) {
        for (var cards : sizes) {
            for (var training : List.of(false, true)) {
                try (var manager = TorchEngine.manager(Device.cpu());
                        var scope = Scope.open();
                        var candidates = Cards.of(cards(manager, cards, training))) {
                    for (var samples : List.of(1, 7, 32, 45)) {
                        batchEqualsSingles(
                                selector, new Calls(candidates, samples(manager, candidates, samples, needed)));
                    }
                }
            }
        }
    }

    private static List<Card> cards(NDManager manager, int n, boolean training) {
        var draws = RandomStream.of(n, "cards");
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    var keys = Map.of(
                            Guidance.IMAGE, key(manager, draws.fork(i).fork(Guidance.IMAGE)),
                            Guidance.TEXT, key(manager, draws.fork(i).fork(Guidance.TEXT)));
                    return new Card("card " + i, Optional.of("task " + i), training && i == n - 1, keys, List.of());
                })
                .toList();
    }

    private static NDArray key(NDManager manager, RandomStream draws) {
        return Tensors.of(manager, draws.normals(WIDTH), new Shape(1, WIDTH));
    }

    private static List<Call> samples(NDManager manager, Cards cards, int n, Set<String> needed) {
        var draws = RandomStream.of(n, "samples");
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    var image = feature(manager, Guidance.IMAGE, needed, i % 3 == 1, draws.fork(i));
                    var text = feature(manager, Guidance.TEXT, needed, i % 3 == 2, draws.fork(i));
                    var task = cards.get(i % cards.size()).task();
                    return new Call(
                            new Guidance(image, text), cards, draws.fork(i).fork("call"), task);
                })
                .toList();
    }

    private static Optional<NDArray> feature(
            NDManager manager, String name, Set<String> needed, boolean absent, RandomStream draws) {
        return absent && !needed.contains(name)
                ? Optional.empty()
                : Optional.of(Tensors.of(manager, draws.fork(name).normals(WIDTH)));
    }

    private static List<Choice> choices(Selector selector, Calls calls, List<Integer> order) {
        return Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                var samples = order.stream().map(calls.samples()::get).toList();
                var selections = selector.select(new Calls(calls.cards(), samples));
                if (selections.size() != samples.size()) {
                    throw new AssertionError(samples.size() + " samples got " + selections.size() + " selections.");
                }
                return selections.stream().map(Choice::of).toList();
            }
        });
    }

    /** The picks of a sample, each with all bits of its numbers. */
    private record Choice(List<Pick> picks) {

        private record Pick(String card, double score, Optional<Float> weight) {}

        static Choice of(Selection selection) {
            return new Choice(selection.picks().stream()
                    .map(pick -> new Pick(
                            pick.card().id(), pick.score(), pick.weight().map(NDArray::getFloat)))
                    .toList());
        }
    }
}
