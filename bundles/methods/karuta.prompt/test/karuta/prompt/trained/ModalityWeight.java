package karuta.prompt.trained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Parameter;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyBase;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * Learns how much image and instruction count: all frozen cards, weighted by the softmax over them of {@code 5 (a cos(u, k) + b
 * cos(v, k))}, where a and b are the softmax of two parameters; a card that is trained comes last and counts fully.
 */
final class ModalityWeight extends StrategyBase implements Selector {

    private List<NDArray> balance = List.of();

    @Override
    public void beginStage(Stage stage, StageData data) {
        if (balance.isEmpty()) {
            balance = List.of(context().keep(Tensors.of(context().manager(), 0f, 0f)));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return balance.stream().map(value -> new Parameter("balance", value)).toList();
    }

    @Override
    public List<Selection> select(Calls calls) {
        var frozen =
                calls.cards().all().stream().filter(card -> !card.trainable()).toList();
        var open = calls.cards().all().stream()
                .filter(Card::trainable)
                .map(card -> new Pick(card, Double.NaN))
                .toList();
        if (frozen.isEmpty()) {
            return calls.each(call -> new Selection(open));
        }
        NDArray shares = Ops.softmax(balance.get(0));
        NDArray scores = cosines(calls, frozen, Guidance.IMAGE)
                .mul(shares.get(0))
                .add(cosines(calls, frozen, Guidance.TEXT).mul(shares.get(1)));
        NDArray weights = Ops.softmax(Ops.scale(scores, 5));
        return IntStream.range(0, calls.samples().size())
                .mapToObj(i -> selection(frozen, weights.get(i), open))
                .toList();
    }

    /** {@code [samples, cards]}. */
    private static NDArray cosines(Calls calls, List<Card> cards, String feature) {
        NDArray features = NDArrays.stack(new NDList(calls.samples().stream()
                .map(call -> call.guidance().feature(feature).orElseThrow())
                .toList()));
        NDArray keys = NDArrays.concat(
                new NDList(cards.stream().map(card -> card.keys().get(feature)).toList()));
        return Ops.cosine(features.expandDims(1), keys);
    }

    private static Selection selection(List<Card> frozen, NDArray weights, List<Pick> open) {
        var picks = new ArrayList<Pick>();
        for (var i = 0; i < frozen.size(); i++) {
            NDArray weight = weights.get(i);
            picks.add(new Pick(frozen.get(i), weight.getFloat(), Optional.of(weight)));
        }
        picks.addAll(open);
        return new Selection(picks);
    }
}
