package karuta.check;

import static karuta.check.Verdicts.fails;
import static karuta.check.Verdicts.over;
import static karuta.check.Verdicts.passes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.LearnerWrapper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import org.junit.jupiter.api.Test;

/** Samples that are kept are told from what is only learned of them. */
class KeptSamplesTest {

    private static final String PROPERTY = "kept samples are counted";

    /** Saves lines that it makes of the samples of a stage. */
    private abstract static class Notes extends LearnerWrapper {

        private final List<String> notes = new ArrayList<>();

        /** @param inputs of the stage that ends */
        abstract void note(List<String> notes, List<Input> inputs);

        @Override
        public void endStage(Stage stage, StageData data) {
            super.endStage(stage, data);
            note(notes, data.batch(0, data.size()).inputs());
        }

        @Override
        public State save() {
            return new State(Map.of(), Map.of("notes", String.join("\n", notes)));
        }

        @Override
        public void load(State state) {
            notes.clear();
            notes.addAll(state.metadata().get("notes").lines().toList());
        }
    }

    /** Keeps the marks of all images, each once. */
    private static final class Herbarium extends Notes {

        @Override
        void note(List<String> notes, List<Input> inputs) {
            var all = new LinkedHashSet<>(notes);
            inputs.stream()
                    .flatMap(input -> input.query().images().stream())
                    .map(Image::fingerprint)
                    .forEach(all::add);
            notes.clear();
            notes.addAll(all);
        }
    }

    @Test
    void whoKeepsEachSampleOnceIsNamed() {
        fails(
                over(Herbarium::new, PlainLearner::new),
                PROPERTY,
                "bytes when an earlier task has 192 instead of 24 samples, and it counts none");
    }

    /** Keeps the first questions, and has no room for more. */
    private static final class Drawer extends Notes {

        private static final int ROOM = 80;

        @Override
        void note(List<String> notes, List<Input> inputs) {
            inputs.stream()
                    .limit(ROOM - notes.size())
                    .forEach(input -> notes.add(input.query().instruction()));
        }
    }

    @Test
    void whoKeepsAsManySamplesAsThereIsRoomForIsNamed() {
        fails(
                over(Drawer::new, PlainLearner::new),
                PROPERTY,
                "has 48 instead of 24 samples, all of them alike, and it counts none");
    }

    /** Keeps for each colour of a picture which of 16 shades there were, up to all of them. */
    private static final class Palette extends Notes {

        @Override
        void note(List<String> notes, List<Input> inputs) {
            var shades = new LinkedHashSet<>(notes);
            inputs.stream()
                    .flatMap(input -> input.query().images().stream())
                    .flatMap(image -> shades(image.pixels().rgb()).stream())
                    .forEach(shades::add);
            notes.clear();
            notes.addAll(shades);
        }

        private static Set<String> shades(byte[] rgb) {
            return IntStream.range(0, 3)
                    .mapToObj(channel -> channel + ":" + (rgb[channel] & 0xFF) / 2)
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void whoKeepsNoMoreThanTheVarietyOfSamplesPasses() {
        var report = over(Palette::new, PlainLearner::new);
        passes(report);
        assertEquals(
                List.of(new Outcome.Holds("what it saves of them grows with their variety until it is full")),
                report.results().stream()
                        .filter(result -> result.property().equals(PROPERTY))
                        .map(Property.Result::outcome)
                        .toList());
    }

    /** Keeps a line of each task, however many samples that has. */
    private static final class Diary extends Notes {

        @Override
        void note(List<String> notes, List<Input> inputs) {
            notes.add(inputs.get(0).query().instruction());
        }
    }

    @Test
    void whoKeepsSomethingOfEachTaskPasses() {
        passes(over(Diary::new, PlainLearner::new));
    }
}
