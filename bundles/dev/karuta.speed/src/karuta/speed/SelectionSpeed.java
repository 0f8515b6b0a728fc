package karuta.speed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Guidance;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Pixels;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.tensor.Autograd;
import karuta.tensor.CardSimilarity;
import karuta.tensor.Scope;
import karuta.tensor.Script;
import karuta.tensor.TorchEngine;
import karuta.tiny.TinyBackbone;

/**
 * Measures ModalPrompt's choice by image and text, as the selector {@code dual} makes it, at the width of CLIP-L: random
 * cards with a key for each, random guidance, one thread as everywhere.
 */
final class SelectionSpeed {

    private static final int WIDTH = 768;
    private static final int SAMPLES = 32;
    private static final int CHOSEN = 3;
    private static final double LAMBDA = 0.5;
    private static final int PER_ROUND = 30;

    private static final Script SCRIPT = Script.of("""
        def product(self, x: Tensor, keys: Tensor) -> Tensor:
          return torch.matmul(x, keys)
        """);

    private final int readings;
    private final Consumer<String> log;

    /**
     * @param rounds in each of which there are several readings, which are short
     * @param log how far it is
     */
    SelectionSpeed(int rounds, Consumer<String> log) {
        readings = rounds * PER_ROUND;
        this.log = log;
    }

    /** @param cards how many there are to choose among, each in turn */
    SelectionReport measure(List<Integer> cards) {
        return new SelectionReport(cards.stream().map(this::row).toList(), answer());
    }

    private SelectionReport.Row row(int count) {
        log.accept("selection among " + count + " cards");
        try (var manager = TorchEngine.manager(Device.cpu());
                var scope = Scope.open();
                var cards = cards(count, manager)) {
            var calls = calls(cards, manager);
            var features = numbers(SAMPLES, WIDTH, manager);
            var keys = numbers(WIDTH, count, manager);
            var selection = new ArrayList<Double>();
            var products = new ArrayList<Double>();
            for (var reading = -readings; reading < readings; reading++) { // in turns: both meet what else is done
                var bare = seconds(() -> {
                    SCRIPT.call("product", features, keys);
                    SCRIPT.call("product", features, keys);
                });
                var whole = seconds(() -> calls.top(CHOSEN, CardSimilarity.dual(calls, LAMBDA)));
                if (reading >= 0) {
                    products.add(bare);
                    selection.add(whole);
                }
            }
            return new SelectionReport.Row(count, Comparison.median(selection), Comparison.median(products));
        }
    }

    /** Their values do not matter. */
    private static NDArray numbers(int rows, int width, NDManager manager) {
        return manager.randomUniform(-1, 1, new Shape(rows, width));
    }

    private static Cards cards(int count, NDManager manager) {
        var images = numbers(count, WIDTH, manager);
        var texts = numbers(count, WIDTH, manager);
        return Cards.of(IntStream.range(0, count)
                .mapToObj(i -> {
                    var row = i + ":" + (i + 1);
                    var keys = Map.of(Guidance.IMAGE, images.get(row), Guidance.TEXT, texts.get(row));
                    return new Card("card " + i, Optional.empty(), false, keys, List.of());
                })
                .toList());
    }

    private static Calls calls(Cards cards, NDManager manager) {
        var images = numbers(SAMPLES, WIDTH, manager);
        var texts = numbers(SAMPLES, WIDTH, manager);
        return new Calls(
                cards,
                IntStream.range(0, SAMPLES)
                        .mapToObj(i -> {
                            var guidance = new Guidance(Optional.of(images.get(i)), Optional.of(texts.get(i)));
                            return new Call(
                                    guidance, cards, RandomStream.of(1, "call").fork(i), Optional.empty());
                        })
                        .toList());
    }

    private double answer() {
        log.accept("answers of the embedded model");
        try (var backbone = new TinyBackbone(24);
                var scope = Scope.open()) {
            var nothing = new Guidance(Optional.empty(), Optional.empty());
            var batch = IntStream.range(0, SAMPLES)
                    .mapToObj(i -> {
                        var query = new Query(Optional.of(new Grey(i)), "what is on the left?");
                        var vision = List.of(backbone.encode(new Grey(i)));
                        return new PromptedInput(new Input(i, query, vision, nothing, Optional.empty()), List.of());
                    })
                    .toList();
            var seconds = IntStream.range(-1, readings / PER_ROUND)
                    .mapToObj(round -> seconds(() -> backbone.generate(batch)))
                    .toList();
            return Comparison.median(seconds.subList(1, seconds.size()));
        }
    }

    /** An image of one shade of grey. */
    private record Grey(int shade) implements Image {

        private static final int SIDE = 32;

        @Override
        public String fingerprint() {
            return "grey " + shade;
        }

        @Override
        public Pixels pixels() {
            var rgb = new byte[SIDE * SIDE * 3];
            Arrays.fill(rgb, (byte) (8 * shade));
            return new Pixels(SIDE, SIDE, rgb);
        }
    }

    /** Per sample. */
    private static double seconds(Runnable work) {
        var began = System.nanoTime();
        Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                work.run();
                return scope;
            }
        });
        return (System.nanoTime() - began) / 1e9 / SAMPLES;
    }
}
