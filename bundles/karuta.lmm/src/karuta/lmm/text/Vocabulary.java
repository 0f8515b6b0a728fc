package karuta.lmm.text;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What a {@code tokenizer.json} says of its ids.
 *
 * @param added ids of the tokens that are matched as a whole, by their text
 * @param size 1 more than the largest id
 */
record Vocabulary(Map<String, Integer> added, int size) {

    static Vocabulary read(String text) throws IOException {
        var added = new HashMap<String, Integer>();
        var largest = -1;
        var json = new JsonReader(new StringReader(text));
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "added_tokens" -> readAdded(json, added);
                case "model" -> largest = Math.max(largest, largestOfModel(json));
                default -> json.skipValue();
            }
        }
        json.endObject();
        largest = Math.max(largest, added.isEmpty() ? -1 : Collections.max(added.values()));
        return new Vocabulary(Map.copyOf(added), largest + 1);
    }

    private static void readAdded(JsonReader json, Map<String, Integer> added) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            var id = -1;
            var content = "";
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "id" -> id = json.nextInt();
                    case "content" -> content = json.nextString();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            added.put(content, id);
        }
        json.endArray();
    }

    private static int largestOfModel(JsonReader json) throws IOException {
        var largest = -1;
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("vocab") && json.peek() == JsonToken.BEGIN_OBJECT) {
                json.beginObject();
                while (json.hasNext()) {
                    json.nextName();
                    largest = Math.max(largest, json.nextInt());
                }
                json.endObject();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return largest;
    }
}
