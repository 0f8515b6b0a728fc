package karuta.tiny;

import java.util.ArrayList;
import java.util.List;
import karuta.api.RandomStream;
import karuta.bench.cards.QuestionType;
import karuta.bench.cards.Scene;

/**
 * Some questions about one picture, in one convention.
 *
 * @param scene number of the scene in the gallery
 * @param preamble what stands before the picture
 * @param turns at least one
 */
record Exercise(long scene, Preamble.Row preamble, List<Turn> turns) {

    private static final int TURNS = 5;
    private static final int ATTEMPTS = 3 * TURNS;

    /** Draws sorts of questions. */
    @FunctionalInterface
    interface Syllabus {
        QuestionType ask(RandomStream draws);
    }

    /** Draws scenes until one can be asked about. */
    static Exercise of(
            Vocabulary vocabulary, List<Scene> scenes, Preamble.Row preamble, Syllabus syllabus, RandomStream draws) {
        for (var attempt = 0; ; attempt++) {
            var place = draws.fork(attempt);
            var number = place.below(scenes.size(), 0);
            var turns = turns(vocabulary, scenes.get(number), preamble, syllabus, place);
            if (!turns.isEmpty()) {
                return new Exercise(number, preamble, turns);
            }
        }
    }

    private static List<Turn> turns(
            Vocabulary vocabulary, Scene scene, Preamble.Row preamble, Syllabus syllabus, RandomStream draws) {
        var turns = new ArrayList<Turn>();
        for (var i = 0; i < ATTEMPTS && turns.size() < TURNS; i++) {
            var place = draws.fork(i);
            syllabus.ask(place.fork("ask"))
                    .about(scene, place.fork("question"))
                    .ifPresent(question ->
                            turns.add(Turn.of(vocabulary, question, preamble.convention(), place.fork("turn"))));
        }
        return turns;
    }
}
