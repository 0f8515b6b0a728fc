package karuta.archive.pool;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import karuta.api.KarutaException;

/** Writes and reads the records of this package as JSON that people read. */
final class PoolJson {

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, (JsonSerializer<Instant>)
                    (instant, type, context) -> new JsonPrimitive(instant.toString()))
            .registerTypeAdapter(Instant.class, (JsonDeserializer<Instant>)
                    (json, type, context) -> Instant.parse(json.getAsString()))
            .create();

    private PoolJson() {}

    static byte[] write(Record value) {
        return (GSON.toJson(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads one.
     *
     * @param path for messages
     * @throws KarutaException if it is none, or something is missing in it
     */
    static <T extends Record> T read(Class<T> type, String path, byte[] json) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            var value = GSON.fromJson(withLists(type, JsonParser.parseString(text)), type);
            if (value == null) {
                throw new JsonParseException("it is empty");
            }
            complete(value);
            return value;
        } catch (JsonParseException | DateTimeException | NullPointerException | CharacterCodingException unfit) {
            throw new KarutaException(
                    path + " of the pool is not as Karuta writes it: " + unfit.getMessage() + ".",
                    "\"karuta pool rollback\" goes back to a revision from before.",
                    unfit);
        }
    }

    /** A list that is missing was not known yet when the file was written: it is empty. */
    private static JsonElement withLists(Class<?> type, JsonElement json) {
        if (json.isJsonObject()) {
            var object = json.getAsJsonObject();
            for (var component : type.getRecordComponents()) {
                if (component.getType() == List.class && !object.has(component.getName())) {
                    object.add(component.getName(), new JsonArray());
                }
            }
        }
        return json;
    }

    /** Gson leaves null where a name is missing. */
    private static void complete(Record value) {
        for (var component : value.getClass().getRecordComponents()) {
            var part = part(value, component);
            if (part == null) {
                throw new JsonParseException("\"" + component.getName() + "\" is missing");
            }
            if (part instanceof Record inner) {
                complete(inner);
            }
        }
    }

    private static Object part(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("records of this package are public", impossible);
        }
    }
}
