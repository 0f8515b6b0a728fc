package karuta.use.explain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Selection.Pick;
import karuta.use.OpenPool;

/**
 * A sample of a card's own data.
 *
 * @param question its text
 * @param images where they lie
 * @param score how like the card it is, by the pool's selector
 */
public record Example(String question, List<String> images, double score) {

    private static final int BATCH = 64;

    /** Copies the list. */
    public Example {
        images = List.copyOf(images);
    }

    /**
     * The samples that are most like a card.
     *
     * @param alone a pool that has no other card
     * @param folder that the paths of images begin in
     * @return the most alike first; none where the selector gives no scores
     */
    static List<Example> nearest(OpenPool alone, List<Sample> samples, Path folder, int most) {
        var all = new ArrayList<Example>();
        for (var from = 0; from < samples.size(); from += BATCH) {
            var part = samples.subList(from, Math.min(samples.size(), from + BATCH)).stream()
                    .map(Sample::query)
                    .toList();
            var selections = alone.select(part);
            IntStream.range(0, part.size())
                    .forEach(i -> selections.get(i).picks().stream()
                            .mapToDouble(Pick::score)
                            .filter(score -> !Double.isNaN(score))
                            .forEach(score -> all.add(of(part.get(i), folder, score))));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Example::score).reversed())
                .limit(most)
                .toList();
    }

    private static Example of(Query query, Path folder, double score) {
        return new Example(
                query.instruction(),
                query.images().stream()
                        .flatMap(image -> image.path().stream())
                        .map(path -> folder.resolve(path).toString())
                        .toList(),
                score);
    }
}
