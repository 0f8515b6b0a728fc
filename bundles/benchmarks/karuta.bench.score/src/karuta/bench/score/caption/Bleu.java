package karuta.bench.score.caption;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BLEU-1 to BLEU-4 of a set of captions together (Papineni et al., ACL 2002), as pycocoevalcap computes it: clipped counts,
 * the closest reference's length, of two the shorter.
 *
 * @param length of all captions, in tokens
 * @param expected length, in tokens
 * @param right clipped matches of sequences of 1, 2, 3, 4 tokens
 * @param said all sequences of 1, 2, 3, 4 tokens
 */
record Bleu(long length, long expected, long[] right, long[] said) {

    private static final double TINY = 1e-15;
    private static final double SMALL = 1e-9;

    static Bleu of(List<Caption> captions) {
        return new Bleu(
                captions.stream().mapToLong(caption -> caption.said().size()).sum(),
                captions.stream().mapToLong(Bleu::closest).sum(),
                sums(captions, Bleu::right),
                sums(captions, (caption, n) -> Math.max(0, caption.said().size() - n + 1)));
    }

    /** BLEU-n for n from 1 to 4. */
    double value(int n) {
        var product = IntStream.range(0, n)
                .mapToDouble(i -> (right[i] + TINY) / (said[i] + SMALL))
                .reduce(1, (a, b) -> a * b);
        var ratio = (length + TINY) / (expected + SMALL);
        return Math.pow(product, 1.0 / n) * (ratio < 1 ? Math.exp(1 - 1 / ratio) : 1);
    }

    @FunctionalInterface
    private interface Count {

        long of(Caption caption, int n);
    }

    private static long[] sums(List<Caption> captions, Count count) {
        return IntStream.rangeClosed(1, NGrams.LONGEST)
                .mapToLong(n -> captions.stream()
                        .mapToLong(caption -> count.of(caption, n))
                        .sum())
                .toArray();
    }

    private static int closest(Caption caption) {
        var length = caption.said().size();
        return caption.references().stream()
                .map(List::size)
                .min(Comparator.<Integer>comparingInt(size -> Math.abs(size - length))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Every sequence counts as often as it stands in one reference at most. */
    private static long right(Caption caption, int n) {
        var references = caption.references().stream()
                .map(tokens -> NGrams.of(tokens, n))
                .toList();
        return NGrams.of(caption.said(), n).counts().entrySet().stream()
                .mapToLong(entry -> Math.min(
                        entry.getValue(),
                        references.stream()
                                .mapToInt(reference -> reference.count(entry.getKey()))
                                .max()
                                .orElseThrow()))
                .sum();
    }
}
