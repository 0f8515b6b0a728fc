package karuta.doctor.advice;

import com.google.gson.Gson;
import com.google.gson.JsonElement;

/** Advice for scripts. */
public final class AdviceJson {

    private AdviceJson() {}

    /** All of it. */
    public static JsonElement of(Advice advice) {
        return new Gson().toJsonTree(advice);
    }
}
