package karuta.tiny;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.RandomStream;
import karuta.bench.cards.Axis;
import karuta.bench.cards.Convention;
import karuta.bench.cards.Directive;

/**
 * Draws what stands between BOS and the image: blocks of tokens, some of which direct how to answer, among any
 * others that mean nothing there. Only the last block counts: with directives inherited from earlier blocks, prompts
 * of several tasks could not be put one after the other.
 */
final class Preamble {

    /**
     * What stands there.
     *
     * @param tokens of all blocks
     * @param convention how to answer
     */
    record Row(List<Integer> tokens, Convention convention) {

        /** Nothing. */
        static final Row EMPTY = new Row(List.of(), Convention.of());
    }

    private static final double[] BLOCKS = {0.45, 0.65, 0.9, 1}; // cumulative: 1, 2, 3 or 4 blocks
    private static final int SHORTEST = 4;
    private static final int LONGEST = 10;
    private static final double SAID = 0.45;
    private static final double SPELLING_SAID = 0.12; // spelled answers are long, and seldom needed
    private static final double[] FILLERS = {0, 0.2, 0.5, 0.8};

    private final Vocabulary vocabulary;
    private final List<Integer> fillers;
    private final Map<Axis, List<Directive>> axes;

    Preamble(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        fillers = vocabulary.fillers();
        axes = Stream.of(Directive.values())
                .collect(Collectors.groupingBy(Directive::axis, LinkedHashMap::new, Collectors.toList()));
    }

    /** The lengths of some blocks; a single one may be as short as one token. */
    static List<Integer> lengths(RandomStream draws) {
        var u = draws.uniform(0);
        var count = 1;
        while (u >= BLOCKS[count - 1]) {
            count++;
        }
        var shortest = count == 1 ? 1 : SHORTEST;
        return IntStream.range(0, count)
                .mapToObj(i -> shortest + draws.fork("length").below(LONGEST - shortest + 1, i))
                .toList();
    }

    /** Blocks of the given lengths. */
    Row row(List<Integer> lengths, RandomStream draws) {
        var tokens = new ArrayList<Integer>();
        var convention = Convention.of();
        for (var i = 0; i < lengths.size(); i++) {
            var block = block(lengths.get(i), draws.fork(i));
            tokens.addAll(block);
            convention = Convention.of(block.stream()
                    .flatMap(token -> vocabulary.directive(token).stream())
                    .toList());
        }
        return new Row(tokens, convention);
    }

    private List<Integer> block(int length, RandomStream draws) {
        var said = new ArrayList<Integer>();
        axes.forEach((axis, directives) -> {
            var place = draws.fork(axis.name());
            if (place.uniform(0) < (axis == Axis.SPELLING ? SPELLING_SAID : SAID)) {
                said.add(pick(vocabulary.tokens(pick(directives, place, 1)), place, 2));
            }
        });
        var share = FILLERS[draws.below(FILLERS.length, 0)];
        var block = new ArrayList<Integer>();
        for (var i = 0; i < length; i++) {
            var place = draws.fork("token").fork(i);
            block.add(said.isEmpty() || place.uniform(0) < share ? pick(fillers, place, 1) : pick(said, place, 1));
        }
        return block;
    }

    private static <T> T pick(List<T> list, RandomStream draws, long i) {
        return list.get(draws.below(list.size(), i));
    }
}
