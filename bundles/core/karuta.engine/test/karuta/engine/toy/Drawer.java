package karuta.engine.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;

/** A pool of empty cards, one for each stage. */
public final class Drawer implements PromptPool {

    private final List<String> tasks = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        tasks.addAll(stage.tasks());
    }

    @Override
    public List<Card> cards() {
        return tasks.stream()
                .map(task -> new Card(task, Optional.of(task), false, Map.of(), List.of()))
                .toList();
    }

    @Override
    public State save() {
        return new State(Map.of(), Map.of("tasks", String.join("\n", tasks)));
    }

    @Override
    public void load(State state) {
        tasks.clear();
        state.metadata().get("tasks").lines().forEach(tasks::add);
    }
}
