package karuta.scoring.pair;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Sample;
import karuta.suite.Side.Join;
import karuta.suite.Suite;
import karuta.suite.SuiteData;
import karuta.suite.SuiteTask;

/**
 * The tasks of a suite, in a user's copy of it. No training data and no image is read.
 *
 * @param data the copy
 */
public record SuiteGold(SuiteData data) implements GoldBook {

    @Override
    public String name() {
        return "suite " + suite().id();
    }

    private Suite suite() {
        return data.suite();
    }

    @Override
    public List<String> tasks() {
        return suite().order("");
    }

    @Override
    public Optional<String> find(String name) {
        return suite().tasks().stream()
                .filter(task -> task.writesTo(name))
                .map(SuiteTask::name)
                .findFirst();
    }

    @Override
    public Gold gold(String task) {
        var test = data.test(task);
        var numbered = test.task().sides().stream().anyMatch(side -> side.join() == Join.NUMBER);
        var all = test.samples();
        var samples = IntStream.range(0, all.size())
                .mapToObj(i -> numbered ? withImage(all.get(i), i + 1) : all.get(i))
                .toList();
        return new Gold(name() + ", task " + task, samples);
    }

    /** Where a file beside the samples calls them by their number, so do results in the form of COCO. */
    private static Sample withImage(Sample sample, int number) {
        var fields = new HashMap<>(sample.fields());
        fields.put(Pairer.IMAGE_ID, List.of(Integer.toString(number)));
        return new Sample(sample.id(), sample.query(), sample.references(), fields);
    }

    @Override
    public List<String> rules(String task) {
        return suite().task(task).rules();
    }
}
