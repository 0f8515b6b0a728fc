package karuta.metrics.separability;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file of a study says: {@code STUDY.separability.json} beside its run folders.
 *
 * @param study its name
 * @param encoder fingerprint of what made the features
 * @param data fingerprints of the tasks, one for each order that runs have
 * @param train how many training samples of a task were looked at, at most
 * @param test how many test samples
 * @param found what was found
 */
public record StudySeparability(
        String study, String encoder, List<String> data, int train, int test, Separability found) {

    private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();
    private static final String ENDING = ".separability.json";

    /** Copies the list. */
    public StudySeparability {
        data = List.copyOf(data);
        Objects.requireNonNull(study);
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(found);
    }

    /** What the file of a study is called. */
    public static String file(String study) {
        return study + ENDING;
    }

    /** As text. */
    public String json() {
        return JSON.toJson(this) + "\n";
    }

    /** @throws JsonParseException if it is no such text */
    public static StudySeparability read(String json) {
        var read = parse(json);
        var tasks = read.found.tasks().size();
        for (var view : read.found.views()) {
            for (var square : List.of(view.routed(), view.overlap(), view.neighbours())) {
                if (square.size() != tasks || square.stream().anyMatch(row -> row.size() != tasks)) {
                    throw new JsonParseException("a square of view " + view.name() + " is not one of its tasks");
                }
            }
        }
        return read;
    }

    private static StudySeparability parse(String json) {
        try {
            return Optional.ofNullable(JSON.fromJson(json, StudySeparability.class))
                    .orElseThrow(() -> new JsonParseException("it is empty"));
        } catch (JsonParseException damaged) {
            throw damaged;
        } catch (RuntimeException lacking) { // as Gson says that a record's constructor refused
            throw new JsonParseException("it lacks something", lacking);
        }
    }
}
