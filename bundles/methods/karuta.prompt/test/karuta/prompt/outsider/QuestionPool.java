package karuta.prompt.outsider;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Insert.Tokens;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.tensor.CardState;
import karuta.tensor.FeatureMeans;
import org.osgi.service.component.annotations.Component;

/** A prompt per stage that starts as the words of the stage's first question, found by the means of the stage's features. */
@Component(name = "question", factory = PromptPool.KIND)
public final class QuestionPool extends StrategyBase implements PromptPool {

    private final List<Card> cards = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        var question = new PromptedInput(data.batch(0, 1).inputs().get(0), List.of());
        NDArray words = context().backbone().embed(List.of(question)).get(0).text();
        var inserts = List.of(new Tokens(context().keep(words)));
        cards.add(new Card("stage " + stage.number(), Optional.empty(), true, Map.of(), List.copyOf(inserts)));
    }

    @Override
    public List<Card> cards() {
        return List.copyOf(cards);
    }

    @Override
    public List<Parameter> trainable() {
        return cards.stream()
                .filter(Card::trainable)
                .map(card -> new Parameter("prompt", ((Tokens) card.inserts().get(0)).embeddings()))
                .toList();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var open = cards.remove(cards.size() - 1);
        cards.add(new Card(open.id(), open.task(), false, FeatureMeans.of(data, context()), open.inserts()));
    }

    @Override
    public State save() {
        return CardState.write(cards);
    }

    @Override
    public void load(State state) {
        cards.addAll(CardState.read(state, context()));
    }
}
