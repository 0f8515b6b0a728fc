package karuta.kit.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Guidance;
import karuta.api.Sample;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyStageData;
import karuta.kit.ToyTaskPool;
import karuta.kit.ToyTasks;
import karuta.tensor.Autograd;
import org.junit.jupiter.api.Test;

/** What must hold of every selector. */
public abstract class SelectorTests extends StrategyTests<Selector> {

    private static final int STAGES = 3;

    /** The features that it cannot do without; of each other one, some samples of the tests have none. */
    protected Set<String> needed() {
        return Set.of(Guidance.IMAGE, Guidance.TEXT);
    }

    @Test
    void whatASampleChoosesDoesNotDependOnItsCompany() {
        SelectorContract.holdsFor(started(), needed(), 3, 200);
    }

    @Test
    void itDoesNotAskForTheTask() {
        SelectorContract.readsNoTask(started(), calls());
    }

    @Test
    void whatIsAskedTwiceIsAnsweredTheSame() {
        SelectorContract.batchEqualsSingles(started(), calls());
    }

    /** Samples of three toy tasks, each with a card. */
    private Calls calls() {
        var pool = context().start(new ToyTaskPool());
        var samples = new ArrayList<Sample>();
        IntStream.rangeClosed(1, STAGES).forEach(number -> {
            var stage = new Stage(number, List.of(ToyTasks.name(number)));
            var data = new ToyStageData(context(), ToyTasks.samples(number, 4));
            samples.addAll(data.samples());
            Autograd.noGrad(() -> {
                pool.beginStage(stage, data);
                pool.endStage(stage, data);
                return pool;
            });
        });
        return ToyCards.calls(context(), samples, pool);
    }
}
