package karuta.serve.http;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses JSON in which an object has a name twice. Of such a text programs make different things (RFC 8259, section 4): what stands before
 * the service and looks at the first may let pass what the service reads in the last.
 */
final class UniqueNames {

    private UniqueNames() {}

    /**
     * Looks through a text.
     *
     * @throws Problem if a name stands twice
     * @throws IOException if it is no JSON
     */
    static void check(String text) throws IOException {
        try (var json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            var open = new ArrayDeque<Set<String>>();
            while (true) {
                switch (json.peek()) {
                    case BEGIN_OBJECT -> {
                        json.beginObject();
                        open.push(new HashSet<>());
                    }
                    case END_OBJECT -> {
                        json.endObject();
                        open.pop();
                    }
                    case BEGIN_ARRAY -> json.beginArray();
                    case END_ARRAY -> json.endArray();
                    case NAME -> {
                        if (!open.element().add(json.nextName())) {
                            throw Problem.invalid("invalid_json", "An object has a name twice.");
                        }
                    }
                    case END_DOCUMENT -> {
                        return;
                    }
                    default -> json.skipValue();
                }
            }
        }
    }
}
