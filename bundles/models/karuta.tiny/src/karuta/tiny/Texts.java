package karuta.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.RandomStream;
import karuta.bench.cards.Caption;
import karuta.bench.cards.Convention;
import karuta.bench.cards.Directive;
import karuta.bench.cards.Question;
import karuta.bench.cards.QuestionType;
import karuta.bench.cards.Scene;
import karuta.tensor.Tensors;

/**
 * Texts as the text tower reads them.
 *
 * @param words token ids without start and end
 */
record Texts(List<List<Integer>> words) {

    private static final double CAPTIONS = 0.55;
    private static final int ATTEMPTS = 9;

    /** What can be said of each scene: a caption, or a question with its answer. */
    static Texts told(Vocabulary vocabulary, List<Scene> scenes, RandomStream draws) {
        return of(
                vocabulary,
                scenes,
                draws,
                (scene, place) -> place.uniform(0) < CAPTIONS
                        ? caption(scene, place)
                        : question(scene, place)
                                .map(question ->
                                        question.text() + " " + question.answer(Convention.of(Directive.SHORT)))
                                .orElseGet(() -> caption(scene, place)));
    }

    /** What can be asked about each scene. */
    static Texts asked(Vocabulary vocabulary, List<Scene> scenes, RandomStream draws) {
        return of(
                vocabulary,
                scenes,
                draws,
                (scene, place) -> question(scene, place).map(Question::text).orElseGet(() -> caption(scene, place)));
    }

    private interface Telling {
        String of(Scene scene, RandomStream draws);
    }

    private static Texts of(Vocabulary vocabulary, List<Scene> scenes, RandomStream draws, Telling telling) {
        return new Texts(IntStream.range(0, scenes.size())
                .mapToObj(i -> vocabulary.encode(telling.of(scenes.get(i), draws.fork(i))))
                .toList());
    }

    private static String caption(Scene scene, RandomStream draws) {
        return Caption.of(scene, draws.fork("caption"));
    }

    private static Optional<Question> question(Scene scene, RandomStream draws) {
        return IntStream.range(0, ATTEMPTS)
                .mapToObj(i -> draws.fork("question").fork(i))
                .flatMap(place ->
                        QuestionType.values()[place.below(QuestionType.values().length, 7)]
                                .about(scene, place)
                                .stream())
                .findFirst();
    }

    /** Token ids with start, end and padding, {@code [n, tokens]}, int64. */
    NDArray ids(NDManager manager) {
        var length = 2 + words.stream().mapToInt(List::size).max().orElse(0);
        var ids = new long[words.size() * length];
        for (var i = 0; i < words.size(); i++) {
            var row = new ArrayList<Integer>();
            row.add(Vocabulary.BOS);
            row.addAll(words.get(i));
            row.add(Vocabulary.EOS);
            for (var j = 0; j < length; j++) {
                ids[i * length + j] = j < row.size() ? row.get(j) : Vocabulary.PAD;
            }
        }
        return Tensors.of(manager, ids, new Shape(words.size(), length));
    }

    /** How the words of each text are spread over the vocabulary, {@code [n, vocabulary]}; a row's sum is 1. */
    NDArray bags(NDManager manager, int vocabulary) {
        var bags = new float[words.size() * vocabulary];
        for (var i = 0; i < words.size(); i++) {
            var distinct = words.get(i).stream().distinct().toList();
            for (var word : distinct) {
                bags[i * vocabulary + word] = 1f / distinct.size();
            }
        }
        return Tensors.of(manager, bags, new Shape(words.size(), vocabulary));
    }
}
