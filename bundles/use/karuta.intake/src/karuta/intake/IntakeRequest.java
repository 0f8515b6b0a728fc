package karuta.intake;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to import, and how.
 *
 * @param sources files and folders
 * @param form how they are written; empty for what they look like
 * @param columns of tables, by what they are; the rest is guessed
 * @param question that is asked where a sample does not say it
 * @param task of samples that do not say it; empty for the name of their source
 * @param images where the paths of images start from; empty for the folder of their source
 * @param outside whether images may lie outside of it
 * @param dropSystem whether turns before the first question are dropped
 * @param several whether different answers to one question are all right
 * @param encoding of tables; empty for UTF-8, or what a byte order mark says
 * @param halves how samples are parted
 * @param link how images come into the folders
 * @param scorer of all tasks; empty for that of the benchmark
 */
public record IntakeRequest(
        List<Path> sources,
        Optional<Form> form,
        Map<Role, String> columns,
        Optional<String> question,
        Optional<String> task,
        Optional<Path> images,
        boolean outside,
        boolean dropSystem,
        boolean several,
        Optional<Charset> encoding,
        Parting halves,
        Link link,
        Optional<String> scorer) {

    /** Copies list and map. */
    public IntakeRequest {
        sources = List.copyOf(sources);
        columns = Map.copyOf(columns);
    }

    /**
     * How samples are parted.
     *
     * @param test share of the samples of each task, from 0 to below 1
     * @param seed of the draw
     */
    public record Parting(double test, long seed) {}

    /** Sources as they look, parted 4 to 1, their images copied. */
    public static IntakeRequest of(List<Path> sources) {
        return new IntakeRequest(
                sources,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                Optional.empty(),
                new Parting(0.2, 1),
                Link.COPY,
                Optional.empty());
    }
}
