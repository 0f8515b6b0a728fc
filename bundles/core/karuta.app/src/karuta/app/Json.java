package karuta.app;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** What is told to scripts. */
final class Json {

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();

    private Json() {}

    static String text(Object told) {
        return GSON.toJson(told);
    }
}
