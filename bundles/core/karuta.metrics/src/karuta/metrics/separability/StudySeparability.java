package karuta.metrics.separability;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import karuta.files.Seal;

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
    private static final Seal SEAL = new Seal("\"sha256\": \"");
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

    /** As text, with its own SHA-256. */
    public String json() {
        var json = JSON.toJsonTree(this).getAsJsonObject();
        json.addProperty("sha256", Seal.BLANK);
        return SEAL.seal(JSON.toJson(json) + "\n");
    }

    /** @throws JsonParseException if it is no such text, or not as it was written */
    public static StudySeparability read(String json) {
        var read = parse(json);
        if (!SEAL.holds(json.getBytes(StandardCharsets.UTF_8))) {
            throw new JsonParseException("it has changed since it was written");
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
